package dev.berth.app;

import dev.berth.app.cli.Failure;
import dev.berth.app.cli.Verbs;
import dev.berth.app.conf.BadSetting;
import java.io.IOException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 not done, 2 wrong usage or settings; {@code verify} has 3 as well. */
@Command(
        name = "berth",
        description = "An image service for system containers and virtual machines.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        version = "berth 0.1.0")
public final class Main implements Runnable {
    private static final int NOT_DONE = 1;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version and exit.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        int status = commandLine(args).execute(args);
        if (status != ServeVerb.RUNNING) {
            System.exit(status);
        }
    }

    /** The tree of verbs for these words, not yet run. Describing all of them takes a tenth of a second, which a start has not. */
    static CommandLine commandLine(String... args) {
        CommandLine root = new CommandLine(new Main());
        root.addSubcommand(new ServeVerb());
        if (args.length == 0 || !args[0].equals(ServeVerb.NAME)) {
            addOthers(root);
        }
        root.setExecutionExceptionHandler(Main::failed);
        return root.setUsageHelpAutoWidth(true);
    }

    private static void addOthers(CommandLine root) {
        Verbs.all().forEach(root::addSubcommand);
        root.addSubcommand(new AutoComplete.GenerateCompletion());
        root.getSubcommands().get("generate-completion").getCommandSpec().usageMessage()
                .description("Print a completion script: source <(berth generate-completion)");
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }

    private static int failed(Exception cause, CommandLine line, ParseResult parsed) throws Exception {
        if (cause instanceof BadSetting) {
            line.getErr().println(cause.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (cause instanceof Failure || cause instanceof IOException) {
            line.getErr().println("berth: " + said(cause));
            return NOT_DONE;
        }
        throw cause;
    }

    private static String said(Exception cause) {
        return cause instanceof Failure ? cause.getMessage() : cause.toString().replaceFirst("^java\\.[a-z.]*", "");
    }
}
