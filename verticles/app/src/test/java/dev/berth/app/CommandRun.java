package dev.berth.app;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One run of the command line in this process.
 *
 * @param status what the program would exit with
 * @param out what went to standard output
 * @param err what went to standard error
 */
public record CommandRun(int status, String out, String err) {
    public static CommandRun of(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
        return new CommandRun(status, out.toString(), err.toString());
    }
}
