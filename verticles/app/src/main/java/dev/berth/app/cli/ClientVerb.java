package dev.berth.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A verb that asks the running service; one connection per run. */
abstract class ClientVerb implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() throws Failure, IOException {
        try (Service service = Service.in(data)) {
            run(service);
        }
        out().flush();
        return 0;
    }

    abstract void run(Service service) throws Failure, IOException;

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Follows an alias to its fingerprint; a word that is none is taken for a fingerprint or its beginning. */
    static String resolved(Service service, String word) throws Failure {
        try {
            return service.get("/1.0/images/aliases/" + Service.escaped(word)).path("target").asText();
        } catch (Failure notAnAlias) {
            return Service.escaped(word);
        }
    }
}
