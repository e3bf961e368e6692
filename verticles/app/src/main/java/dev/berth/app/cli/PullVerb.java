package dev.berth.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies an image from another server, waits until it is kept, then points aliases at it. */
@Command(name = "pull", description = "Copy an image from another server.")
final class PullVerb extends ClientVerb {
    @Parameters(index = "0", paramLabel = "SERVER", description = "URL of the other server, or of the page for a direct import.")
    private String server;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME",
            description = "Alias or fingerprint over there; an alias is followed. A direct import has none.")
    private String name = "";

    @Option(names = "--protocol", paramLabel = "PROTOCOL", defaultValue = "lxd",
            description = "lxd, incus, simplestreams or direct. Default: ${DEFAULT-VALUE}.")
    private String protocol;

    @Option(names = "--certificate", paramLabel = "FILE", description = "PEM file of the one certificate the server must have.")
    private Path certificate;

    @Option(names = "--secret", paramLabel = "SECRET", description = "A secret for a private image.")
    private String secret = "";

    @Option(names = "--source-project", paramLabel = "PROJECT", description = "The project to look in over there.")
    private String sourceProject = "";

    @Option(names = "--vm", description = "The virtual machine of that name, not the container.")
    private boolean isMachine;

    @Option(names = "--alias", paramLabel = "ALIAS", description = "An alias for the image; moved when it exists; repeatable.")
    private List<String> aliases = List.of();

    @Option(names = "--public", description = "Let everybody see and fetch the image.")
    private boolean isPublic;

    @Option(names = "--auto-update", description = "Keep it up to date.")
    private boolean autoUpdate;

    @Option(names = "--copy-aliases", description = "Take over the aliases it has over there.")
    private boolean copyAliases;

    @Override
    void run(Service service) throws Failure, IOException {
        String fingerprint = pulled(service).path("fingerprint").asText();
        for (String alias : aliases) {
            AliasVerb.point(service, alias, fingerprint);
        }
        out().println(fingerprint);
    }

    private JsonNode pulled(Service service) throws Failure, IOException {
        try (ProgressLine line = ProgressLine.onTerminal("pull")) {
            return service.followed(service.send(HttpMethod.POST, "/1.0/images", request()), line::show);
        }
    }

    private Map<String, Object> request() throws IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("public", isPublic);
        request.put("auto_update", autoUpdate);
        request.put("source", source());
        return request;
    }

    private Map<String, Object> source() throws IOException {
        Map<String, Object> source = new LinkedHashMap<>();
        if (protocol.equals("direct")) {
            source.put("type", "url");
            source.put("url", server);
            return source;
        }
        source.put("type", "image");
        source.put("mode", "pull");
        source.put("server", server);
        source.put("protocol", protocol);
        source.put("fingerprint", name);
        source.put("certificate", certificate == null ? "" : Files.readString(certificate, StandardCharsets.US_ASCII));
        source.put("secret", secret);
        source.put("project", sourceProject);
        source.put("image_type", isMachine ? "virtual-machine" : "");
        source.put("copy_aliases", copyAliases);
        return source;
    }
}
