package dev.berth.app;

import static dev.berth.testkit.Expect.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.OnLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trust, operations and the edge together: what becomes of a token that nobody used (rest-api 2.3, 8: 26, 205). */
class TokenLifeTest {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();

    @AfterEach
    void close() {
        soon(vertx.close());
    }

    @Test
    void a_waiting_token_outlives_a_restart_and_a_revoked_one_does_not() throws Exception {
        Path data = folder.resolve("data");
        String secret;
        try (RunningBerth berth = RunningBerth.in(data)) {
            secret = secretOf(berth.cli("token", "laptop"));
        }
        try (RunningBerth berth = RunningBerth.in(data)) {
            JsonNode token = operations(berth).at("/running/0");
            assertThat(token.at("/class").asText()).isEqualTo("token");
            assertThat(token.at("/metadata/secret").asText()).isEqualTo(secret);
            assertThat(token.at("/metadata/request/name").asText()).isEqualTo("laptop");

            ask(berth, HttpMethod.DELETE, "/1.0/operations/" + token.at("/id").asText());
            assertThat(operations(berth).at("/cancelled/0/id")).isEqualTo(token.at("/id"));
        }
        try (RunningBerth berth = RunningBerth.in(data)) {
            assertThat(operations(berth)).isEmpty();
        }
    }

    @Test
    void whoever_waits_for_an_operation_is_not_taken_for_a_slow_upload() throws Exception {
        try (RunningBerth berth = RunningBerth.in(folder, Map.of("limits.body-grace", "500ms"))) {
            berth.cli("token", "laptop");
            String id = operations(berth).at("/running/0/id").asText();

            JsonNode token = ask(berth, HttpMethod.GET, "/1.0/operations/" + id + "/wait?timeout=3");

            assertThat(token.at("/status").asText()).isEqualTo("Running");
        }
    }

    private static String secretOf(String printed) {
        List<String> lines = printed.lines().toList();
        JsonNode token = LxdJson.read(Base64.getDecoder().decode(lines.get(lines.size() - 1)));
        return token.path("secret").asText();
    }

    private JsonNode operations(RunningBerth berth) {
        return ask(berth, HttpMethod.GET, "/1.0/operations?recursion=1");
    }

    private JsonNode ask(RunningBerth berth, HttpMethod method, String path) {
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.domainSocketAddress(berth.unixSocket().toString()))
                .setHost("localhost")
                .setMethod(method)
                .setURI(path);
        JsonNode envelope = soon(OnLoop.of(vertx, () -> client.request(options)
                .compose(request -> request.send())
                .compose(response -> response.body())
                .map(body -> LxdJson.read(body.getBytes()))));
        assertThat(envelope.path("type").asText()).as(envelope.toString()).isEqualTo("sync");
        return envelope.path("metadata");
    }
}
