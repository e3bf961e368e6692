package dev.berth.app;

import java.nio.file.Path;

/**
 * Runs the service and a client's verb once in a scratch directory, so that the JVM can write down which classes that
 * takes. The launcher runs it once per build and JDK; the archive of classes it leaves makes later starts quicker.
 */
final class WarmUp {
    private WarmUp() {}

    /** @param args the scratch directory */
    public static void main(String[] args) {
        String data = Path.of(args[0], "data").toString();
        int status = run(ServeVerb.NAME, "--data", data, "--listen", "127.0.0.1:0", "--management", "127.0.0.1:0");
        System.exit(status == ServeVerb.RUNNING ? run("list", "--data", data) : status);
    }

    private static int run(String... words) {
        return Main.commandLine(words).execute(words);
    }
}
