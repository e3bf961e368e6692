package dev.berth.app.cli;

import dev.berth.kit.openpgp.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The OpenPGP key that signs indexes. Works on the data directory itself, whether a service runs in it or not. */
@Command(
        name = "key",
        description = "Show the OpenPGP key that signs the indexes of image streams.",
        synopsisSubcommandLabel = "export",
        subcommands = KeyVerb.Export.class)
final class KeyVerb {
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Command(name = "export", description = "Print the public key, armored; the key is made on first use.")
    static final class Export implements Callable<Integer> {
        @Mixin
        private DataOption data;

        @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
        private boolean help;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            SigningKey key = SigningKey.loadOrCreate(
                    data.directory().toAbsolutePath().resolve("keys"), Clock.systemUTC());
            PrintWriter out = spec.commandLine().getOut();
            out.print(key.publicKey());
            out.flush();
            return 0;
        }
    }
}
