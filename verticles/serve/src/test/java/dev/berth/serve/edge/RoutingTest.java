package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.Envelope;
import dev.berth.lxd.LxdJson;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RoutingTest {
    private static final byte[] LARGE = Envelope.sync(Map.of("text", "x".repeat(50_000)));

    @TempDir
    Path data;

    private RunningEdge edge;

    @BeforeEach
    void start() throws Exception {
        edge = RunningEdge.with(data, new TestFace((router, tools) -> routes(router)));
    }

    private static void routes(Router router) {
        router.get("/1.0/things").handler(ctx -> JsonReply.ok(Envelope.sync()).withEtag("\"e\"").send(ctx));
        router.get("/large").handler(ctx -> JsonReply.ok(LARGE).send(ctx));
        router.get("/packed").handler(ctx -> JsonReply.ok(Gzip.of(LARGE)).asGzip().send(ctx));
        router.get("/broken").handler(ctx -> {
            throw new IllegalStateException("secret of the house");
        });
        router.get("/refused/:reason").handler(ctx -> ctx.fail(new RefusedException(
                new Refused(Refused.Reason.valueOf(ctx.pathParam("reason")), "because \"so\""))));
        router.post("/echo").handler(ctx -> ctx.request().body().onSuccess(ctx::end).onFailure(ctx::fail));
        router.post("/deaf").handler(ctx -> ctx.fail(new RefusedException(Refused.forbidden("not authorized"))));
        router.get("/socket").handler(ctx -> ctx.request().toWebSocket().onSuccess(RoutingTest::greet).onFailure(ctx::fail));
    }

    private static void greet(ServerWebSocket socket) {
        socket.textMessageHandler(text -> socket.writeTextMessage("you said " + text));
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @DisplayName("rest-api 11, 12, 15, 16")
    @CsvSource({
        "GET, /1.0/nope, 404, Not Found",
        "GET, /1.0/, 404, Not Found",
        "GET, /1.0/things/, 404, Not Found",
        "GET, /, 404, Not Found",
        "DELETE, /1.0/things, 501, not implemented",
        "POST, /1.0/things, 501, not implemented",
        "FOO, /1.0/things, 404, 'Method \"FOO\" not found'",
        "GET, /broken, 500, Internal Server Error",
    })
    void every_error_is_an_envelope(String method, String path, int status, String text) throws Exception {
        HttpResponse<byte[]> got = Client.send(Client.http(), edge, method, path);

        assertError(got, status, text);
        assertThat(Client.text(got)).doesNotContain("secret").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/1.0/%zz", "/%", "/1.0/things%2"})
    void an_address_with_broken_escapes_is_the_clients_mistake(String path) throws Exception {
        String answer = Client.raw(edge, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 5_000);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("expected two hexadecimal digits after each %");
    }

    @ParameterizedTest
    @EnumSource(Refused.Reason.class)
    @DisplayName("rest-api 5.2")
    void every_kind_of_refusal_has_its_status(Refused.Reason reason) throws Exception {
        assertError(Client.get(edge, "/refused/" + reason), StatusOf.reason(reason), "because \"so\"");
    }

    private static void assertError(HttpResponse<byte[]> got, int status, String text) {
        JsonNode body = LxdJson.read(got.body());
        assertThat(got.statusCode()).isEqualTo(status);
        assertThat(body.get("type").asText()).isEqualTo("error");
        assertThat(body.get("error_code").asInt()).isEqualTo(status);
        assertThat(body.get("error").asText()).isEqualTo(text);
        assertThat(body.get("metadata").isNull()).isTrue();
        assertThat(got.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(got.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(Client.text(got)).endsWith("}\n");
    }

    @Test
    @DisplayName("rest-api 13, 14")
    void options_is_always_fine_and_other_origins_are_allowed_only_by_the_settings() throws Exception {
        HttpResponse<byte[]> before = Client.send(Client.http(), edge, "OPTIONS", "/1.0/things", "Origin", "https://ui");
        assertThat(before.statusCode()).isEqualTo(200);
        assertThat(before.body()).isEmpty();
        assertThat(before.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();

        edge.set("core.https_allowed_origin", "https://ui");
        edge.set("core.https_allowed_methods", "GET, POST");
        edge.set("core.https_allowed_credentials", "true");
        HttpResponse<byte[]> after = Client.get(edge, "/1.0/things", "Origin", "https://ui");
        assertThat(after.headers().firstValue("Access-Control-Allow-Origin")).contains("https://ui");
        assertThat(after.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, POST");
        assertThat(after.headers().firstValue("Access-Control-Allow-Headers")).isEmpty();
        assertThat(after.headers().firstValue("Access-Control-Allow-Credentials")).contains("true");
        assertThat(Client.get(edge, "/1.0/things").headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    @DisplayName("S28")
    void another_web_site_cannot_use_a_visitors_browser() throws Exception {
        var client = Client.http();
        String own = "https://127.0.0.1:" + edge.port();

        assertThat(Client.send(client, edge, "POST", "/echo", "Origin", "https://evil").statusCode()).isEqualTo(403);
        assertThat(Client.send(client, edge, "POST", "/echo", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
        assertThat(Client.send(client, edge, "GET", "/1.0/things", "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
        assertThat(Client.send(client, edge, "POST", "/echo", "Origin", own, "Sec-Fetch-Site", "same-origin").statusCode())
                .isEqualTo(200);
        edge.set("core.https_allowed_origin", "https://evil");
        assertThat(Client.send(client, edge, "POST", "/echo", "Origin", "https://evil").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("rest-api 227")
    void a_program_whose_websocket_names_its_own_address_as_origin_is_let_in() throws Exception {
        String upgrade = "GET /socket HTTP/1.1\r\nHost: x:8443\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: %s\r\n\r\n";

        assertThat(Client.raw(edge, upgrade.formatted("wss://x:8443"), 2_000)).startsWith("HTTP/1.1 101");
        assertThat(Client.raw(edge, upgrade.formatted("wss://evil:8443"), 2_000)).startsWith("HTTP/1.1 403");
    }

    @Test
    @DisplayName("S28: websocket with a foreign Origin")
    void a_websocket_of_another_site_is_refused_and_one_of_ours_works() throws Exception {
        String upgrade = "GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: https://evil\r\n\r\n";
        assertThat(Client.raw(edge, upgrade, 2_000)).startsWith("HTTP/1.1 403");

        CompletableFuture<String> heard = new CompletableFuture<>();
        // Held on to: a client that is garbage closes its connections.
        WebSocketClient client = edge.vertx.createWebSocketClient(
                new WebSocketClientOptions().setTrustAll(true).setVerifyHost(false));
        WebSocket socket = RunningEdge.await(client.connect(new WebSocketConnectOptions()
                .setSsl(true)
                .setHost("127.0.0.1")
                .setPort(edge.port())
                .setURI("/socket")));
        socket.textMessageHandler(heard::complete);
        socket.writeTextMessage("hello");
        assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("you said hello");
        RunningEdge.await(client.close());
    }

    @Test
    void json_is_exactly_application_json_and_known_by_its_etag() throws Exception {
        HttpResponse<byte[]> got = Client.get(edge, "/1.0/things");
        assertThat(got.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(got.headers().firstValue("ETag")).contains("\"e\"");
        assertThat(Client.text(got)).isEqualTo(new String(Envelope.sync(), StandardCharsets.UTF_8));

        assertThat(Client.get(edge, "/1.0/things", "If-None-Match", "\"e\"").statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({"/large, gzip, true", "/large, 'br, gzip;q=0.5', true", "/packed, gzip, true", "/large, identity, false", "/large, gzip;q=0, false", "/1.0/things, gzip, false"})
    @DisplayName("rest-api 5.6, 0.10")
    void json_is_compressed_for_those_who_ask_when_it_pays(String path, String accepted, boolean gzip) throws Exception {
        HttpResponse<byte[]> got = Client.get(edge, path, "Accept-Encoding", accepted);

        assertThat(got.headers().firstValue("Content-Encoding").isPresent()).isEqualTo(gzip);
        assertThat(got.headers().firstValue("Content-Length")).contains(String.valueOf(got.body().length));
        if (gzip) {
            assertThat(new GZIPInputStream(new ByteArrayInputStream(got.body())).readAllBytes()).isEqualTo(LARGE);
        }
    }

    @Test
    void a_body_arrives_whole_although_its_sender_was_identified_first() throws Exception {
        byte[] body = BlobSenderTest.random(5_000_000);
        SelfSignedCertificate own = TestCertificates.client();
        HttpRequest request = HttpRequest.newBuilder(URI.create(edge.url("/echo")))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();

        byte[] back = Client.http(Client.tls(own)).send(request, HttpResponse.BodyHandlers.ofByteArray()).body();

        assertThat(back).isEqualTo(body);
        assertThat(edge.identified).hasValue(1);
    }

    @Test
    @DisplayName("rest-api 0.9")
    void an_upload_that_is_refused_early_still_hears_the_answer() throws Exception {
        try (var socket = Client.socket(edge)) {
            var out = socket.getOutputStream();
            out.write("POST /deaf HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + "z".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 300; i++) {
                out.write(chunk);
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(Client.read(socket)).startsWith("HTTP/1.1 403").contains("not authorized").endsWith("|closed");
        }
    }

    @Test
    void requests_are_timed_by_face_and_not_by_path() throws Exception {
        Client.get(edge, "/1.0/things");
        Client.get(edge, "/1.0/nope/1234");

        assertThat(edge.registry.scrape())
                .contains("berth_http_requests_seconds_count{face=\"test\",method=\"GET\",status=\"2xx\"} 1")
                .contains("berth_http_requests_seconds_count{face=\"edge\",method=\"GET\",status=\"4xx\"} 1")
                .contains("berth_http_sent_bytes_total")
                .contains("berth_http_received_bytes_total")
                .contains("berth_http_connections")
                .doesNotContain("1234");
    }
}
