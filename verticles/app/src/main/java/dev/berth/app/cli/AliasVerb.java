package dev.berth.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names that point at images. */
@Command(
        name = "alias",
        description = "Manage image aliases.",
        synopsisSubcommandLabel = "(list | set | remove)",
        subcommands = {AliasVerb.ListAll.class, AliasVerb.Point.class, AliasVerb.Remove.class})
final class AliasVerb {
    private static final String ALIASES = "/1.0/images/aliases";

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    /** Lets an alias point at an image, wherever it pointed before. */
    static void point(Service service, String alias, String fingerprint) throws Failure {
        if (exists(service, alias)) {
            service.send(HttpMethod.PUT, path(alias), Map.of("target", fingerprint, "description", ""));
        } else {
            service.send(HttpMethod.POST, ALIASES, Map.of("name", alias, "target", fingerprint, "description", ""));
        }
    }

    private static boolean exists(Service service, String alias) throws Failure {
        for (JsonNode known : service.get(ALIASES + "?recursion=1")) {
            if (known.path("name").asText().equals(alias)) {
                return true;
            }
        }
        return false;
    }

    private static String path(String alias) {
        return ALIASES + "/" + Service.escaped(alias);
    }

    @Command(name = "list", description = "List aliases.")
    static final class ListAll extends ClientVerb {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        void run(Service service) throws Failure {
            JsonNode aliases = service.get(ALIASES + "?recursion=1");
            if (json) {
                out().println(aliases.toPrettyString());
                return;
            }
            Table table = new Table("ALIAS", "FINGERPRINT", "TYPE", "DESCRIPTION");
            aliases.forEach(alias -> table.row(
                    alias.path("name").asText(),
                    alias.path("target").asText(),
                    alias.path("type").asText(),
                    alias.path("description").asText()));
            table.print(out());
        }
    }

    @Command(name = "set", description = "Let an alias point at an image; makes or moves it.")
    static final class Point extends ClientVerb {
        @Parameters(index = "0", paramLabel = "ALIAS", description = "The alias.")
        private String alias;

        @Parameters(index = "1", paramLabel = "IMAGE", description = "The image: an alias, a fingerprint or its beginning.")
        private String image;

        @Override
        void run(Service service) throws Failure {
            String target = service.get("/1.0/images/" + resolved(service, image)).path("fingerprint").asText();
            point(service, alias, target);
        }
    }

    @Command(name = "remove", description = "Remove an alias; the image stays.")
    static final class Remove extends ClientVerb {
        @Parameters(paramLabel = "ALIAS", description = "The alias.")
        private String alias;

        @Override
        void run(Service service) throws Failure {
            service.send(HttpMethod.DELETE, path(alias), null);
        }
    }
}
