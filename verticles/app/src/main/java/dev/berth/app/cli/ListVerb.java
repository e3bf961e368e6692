package dev.berth.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Images of the default project, as a table or as the service's JSON. */
@Command(name = "list", description = "List images.")
final class ListVerb extends ClientVerb {
    private static final int SHORT = 12;
    private static final double MIB = 1 << 20;

    @Parameters(arity = "0..1", paramLabel = "FILTER", description = "A filter such as: properties.os eq Debian and public eq true")
    private String filter;

    @Option(names = "--json", description = "Print JSON, as --format json.")
    private boolean json;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json. Default: table.")
    private Format format = Format.table;

    /** How to print; lower-case because that is how it is typed. */
    enum Format {
        table,
        json
    }

    @Override
    void run(Service service) throws Failure {
        String query = filter == null ? "" : "&filter=" + Service.escaped(filter);
        JsonNode images = service.get("/1.0/images?recursion=1" + query);
        if (json || format == Format.json) {
            out().println(images.toPrettyString());
        } else {
            print(images);
        }
    }

    private void print(JsonNode images) {
        Table table = new Table("ALIAS", "FINGERPRINT", "PUBLIC", "DESCRIPTION", "ARCHITECTURE", "TYPE", "SIZE", "UPLOADED");
        images.forEach(image -> table.row(
                aliases(image),
                image.path("fingerprint").asText().substring(0, SHORT),
                image.path("public").asBoolean() ? "yes" : "no",
                image.path("properties").path("description").asText(),
                image.path("architecture").asText(),
                image.path("type").asText(),
                String.format(Locale.ROOT, "%.2f MiB", image.path("size").asLong() / MIB),
                image.path("uploaded_at").asText().replaceFirst("\\.\\d+", "")));
        table.print(out());
    }

    private static String aliases(JsonNode image) {
        List<String> names = new ArrayList<>();
        image.path("aliases").forEach(alias -> names.add(alias.path("name").asText()));
        return String.join(", ", names);
    }
}
