package dev.berth.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.conf.Quantities;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tokens that read what the setting access.private keeps from others. */
@Command(
        name = "access",
        description = "Manage tokens that read private catalogues.",
        synopsisSubcommandLabel = "(add | list | remove)",
        subcommands = {AccessVerb.Add.class, AccessVerb.ListAll.class, AccessVerb.Remove.class})
final class AccessVerb {
    private static final String PATH = "/berth/v1/access";

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Command(
            name = "add",
            description = "Print a new token, for https://NAME:TOKEN@HOST/PATH. It is shown this once.")
    static final class Add extends ClientVerb {
        @Parameters(paramLabel = "NAME", description = "Name to list it by.")
        private String name;

        @Option(names = "--path", paramLabel = "PATH", required = true,
                description = "What it opens, for example /mirror/ubuntu; repeatable.")
        private List<String> paths;

        @Option(names = "--expires", paramLabel = "TIME", description = "When it ends, for example 30d. Default: never.")
        private String expires;

        @Spec
        private CommandSpec command;

        @Override
        void run(Service service) throws Failure {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("name", name);
            body.put("paths", paths);
            body.put("expires_in", expires == null ? 0 : seconds());
            out().println(service.send(HttpMethod.POST, PATH, body).path("metadata").path("token").asText());
        }

        private long seconds() {
            try {
                return Math.max(1, Quantities.duration(expires).toSeconds());
            } catch (IllegalArgumentException e) {
                throw new ParameterException(command.commandLine(), "--expires: " + e.getMessage(), e);
            }
        }
    }

    @Command(name = "list", description = "List tokens by name; they themselves are not kept.")
    static final class ListAll extends ClientVerb {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        void run(Service service) throws Failure {
            JsonNode tokens = service.get(PATH);
            if (json) {
                out().println(tokens.toPrettyString());
                return;
            }
            Table table = new Table("NAME", "PATHS", "CREATED", "EXPIRES");
            tokens.forEach(token -> table.row(
                    token.path("name").asText(),
                    joined(token.path("paths")),
                    token.path("created_at").asText(),
                    token.path("expires_at").asText("never")));
            table.print(out());
        }

        private static String joined(JsonNode paths) {
            List<String> all = new ArrayList<>();
            paths.forEach(path -> all.add(path.asText()));
            return String.join(" ", all);
        }
    }

    @Command(name = "remove", description = "Make a token worthless.")
    static final class Remove extends ClientVerb {
        @Parameters(paramLabel = "NAME", description = "The token's name.")
        private String name;

        @Override
        void run(Service service) throws Failure {
            service.send(HttpMethod.DELETE, PATH + "/" + Service.escaped(name), null);
        }
    }
}
