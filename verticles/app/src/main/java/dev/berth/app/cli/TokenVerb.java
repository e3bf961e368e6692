package dev.berth.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import io.vertx.core.http.HttpMethod;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for a trust token; the client builds its text from what the service answers (rest-api 2.3). */
@Command(
        name = "token",
        description = "Print a trust token for `lxc remote add REMOTE TOKEN`, alone on the last line.")
final class TokenVerb extends ClientVerb {
    private static final String NEVER = "0001-01-01T00:00:00Z";

    @Parameters(paramLabel = "NAME", description = "Name of the client that will be trusted.")
    private String name;

    @Option(names = "--restricted", description = "Trust the client in the named projects only.")
    private boolean restricted;

    @Option(names = "--project", paramLabel = "PROJECT", description = "A project of a restricted client; repeatable.")
    private List<String> projects = List.of();

    @Override
    void run(Service service) throws Failure {
        JsonNode operation = service.send(HttpMethod.POST, "/1.0/certificates", Map.of(
                        "type", "client", "name", name, "token", true, "restricted", restricted, "projects", projects))
                .path("metadata");
        out().println(text(operation.path("metadata")));
    }

    private String text(JsonNode issued) {
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("client_name", name);
        token.put("fingerprint", issued.path("fingerprint").asText());
        token.put("addresses", issued.path("addresses"));
        token.put("secret", issued.path("secret").asText());
        token.put("expires_at", issued.path("expiresAt").asText(NEVER));
        return Base64.getEncoder().encodeToString(LxdJson.bytes(token));
    }
}
