package dev.berth.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Client certificates: who may change things. */
@Command(
        name = "trust",
        description = "Manage trusted client certificates.",
        synopsisSubcommandLabel = "(add | list | remove)",
        subcommands = {TrustVerb.Add.class, TrustVerb.ListAll.class, TrustVerb.Remove.class})
final class TrustVerb {
    private static final String PEM_FRAME = "-----(BEGIN|END) CERTIFICATE-----|\\s";

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Command(name = "add", description = "Trust a client certificate.")
    static final class Add extends ClientVerb {
        @Parameters(paramLabel = "FILE", description = "The certificate as PEM, for example ~/.config/lxc/client.crt.")
        private Path file;

        @Option(names = "--name", description = "Name to list it by. Default: the file's name.")
        private String name;

        @Option(names = "--restricted", description = "Trust the client in the named projects only.")
        private boolean restricted;

        @Option(names = "--project", paramLabel = "PROJECT", description = "A project of a restricted client; repeatable.")
        private List<String> projects = List.of();

        @Override
        void run(Service service) throws Failure, IOException {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("type", "client");
            body.put("name", name == null ? file.getFileName().toString() : name);
            body.put("certificate", Files.readString(file).replaceAll(PEM_FRAME, ""));
            body.put("restricted", restricted);
            body.put("projects", projects);
            service.send(HttpMethod.POST, "/1.0/certificates", body);
        }
    }

    @Command(name = "list", description = "List trusted client certificates.")
    static final class ListAll extends ClientVerb {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        void run(Service service) throws Failure {
            JsonNode certificates = service.get("/1.0/certificates?recursion=1");
            if (json) {
                out().println(certificates.toPrettyString());
                return;
            }
            Table table = new Table("NAME", "TYPE", "RESTRICTED", "FINGERPRINT");
            certificates.forEach(certificate -> table.row(
                    certificate.path("name").asText(),
                    certificate.path("type").asText(),
                    certificate.path("restricted").asBoolean() ? "yes" : "no",
                    certificate.path("fingerprint").asText()));
            table.print(out());
        }
    }

    @Command(name = "remove", description = "Stop trusting a client certificate.")
    static final class Remove extends ClientVerb {
        @Parameters(paramLabel = "FINGERPRINT", description = "The certificate's fingerprint or its beginning.")
        private String fingerprint;

        @Override
        void run(Service service) throws Failure {
            service.send(HttpMethod.DELETE, "/1.0/certificates/" + Service.escaped(fingerprint), null);
        }
    }
}
