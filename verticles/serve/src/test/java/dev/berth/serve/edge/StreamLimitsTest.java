package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the limits of a connection are to HTTP/1, they are to each stream of h2. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StreamLimitsTest {
    private static final EdgeLimits QUICK = new EdgeLimits(
            Duration.ofMillis(700), Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMillis(800),
            16 << 10, 64, Duration.ofMillis(500), 10_000, 0, 0, Duration.ofSeconds(5));
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    Path data;

    private RunningEdge edge;
    private volatile Body body;

    @BeforeEach
    void start() throws Exception {
        edge = RunningEdge.with(data, conf -> conf.withLimits(QUICK), new TestFace((router, tools) -> {
            BlobSender sender = new BlobSender(tools);
            router.get("/blob").handler(ctx -> sender.send(ctx, body).onFailure(ctx::fail));
            router.get("/wait").handler(ctx -> tools.vertx().setTimer(2_500, late -> ctx.end("at last")));
            router.post("/upload").handler(ctx -> ctx.request().body().onSuccess(all -> ctx.end("got " + all.length())));
            router.post("/slow-disk").handler(ctx -> {
                ctx.request().pause();
                tools.vertx().setTimer(2_500, late -> ctx.request().body().onSuccess(all -> ctx.end("got " + all.length())));
                tools.vertx().setTimer(2_501, late -> ctx.request().resume());
            });
        }));
        Segment.Blob blob = edge.blob(BlobSenderTest.random(3_000_000));
        body = new Body(List.of(blob), "application/octet-stream", null, null, null, false);
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    @DisplayName("S26: small windows")
    void answers_that_nobody_reads_are_reset_and_hold_no_memory() throws Exception {
        try (H2Socket socket = new H2Socket(edge.port(), 1_000)) {
            socket.allow(0, 100_000_000);
            for (int i = 0; i < 20; i++) {
                socket.get(1 + 2 * i, "/blob");
            }
            waitFor(() -> partsBytes() > 0);

            waitFor(() -> reset("not-reading") == 20);
            waitFor(() -> partsBytes() == 0);
            waitFor(() -> edge.counter("berth.http.closed.connections", "reason", "idle") == 1);
        }
    }

    @Test
    @DisplayName("S26: window 0")
    void a_client_that_never_wants_a_byte_is_cut() throws Exception {
        try (H2Socket socket = new H2Socket(edge.port(), 0)) {
            socket.get(1, "/blob");
            waitFor(() -> partsBytes() > 0);
            // Whether the head has left already decides which of the two it is.
            waitFor(() -> reset("not-reading") + edge.counter("berth.http.closed.connections", "reason", "not-reading") == 1);
            waitFor(() -> partsBytes() == 0);
        }
    }

    @Test
    void a_connection_whose_window_stays_full_is_cut() throws Exception {
        try (H2Socket socket = new H2Socket(edge.port(), ALL)) {
            socket.get(1, "/blob");
            waitFor(() -> edge.counter("berth.http.closed.connections", "reason", "not-reading") == 1);
            waitFor(() -> partsBytes() == 0);
        }
    }

    @Test
    void who_reads_slowly_is_not_reset_and_who_stops_is() throws Exception {
        try (H2Socket socket = new H2Socket(edge.port(), 0)) {
            socket.get(1, "/blob");
            socket.get(3, "/blob");
            for (int i = 0; i < 20; i++) {
                socket.allow(1, 1_000);
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(reset("not-reading")).isEqualTo(1);
            assertThat(socket.nextReset()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("S23: h2")
    void an_upload_that_drips_is_reset_while_another_goes_on() throws Exception {
        try (H2Socket socket = new H2Socket(edge.port(), ALL)) {
            socket.post(1, "/upload");
            socket.post(3, "/upload");
            for (int i = 0; i < 20; i++) {
                socket.data(1, new byte[1]);
                socket.data(3, new byte[10_000]);
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(reset("slow-body")).isEqualTo(1);
            assertThat(socket.nextReset()).isEqualTo(1);
        }
    }

    @Test
    void uploads_that_we_hold_back_and_answers_that_wait_for_us_are_not_reset() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(Client.tls(null)).build();
        var large = send(client, request("/slow-disk").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[3_000_000])));
        var small = send(client, request("/slow-disk").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100_000])));
        var waiting = send(client, request("/wait").GET());

        assertThat(large.get().body()).isEqualTo("got 3000000");
        assertThat(small.get().body()).isEqualTo("got 100000");
        assertThat(waiting.get().body()).isEqualTo("at last");
        assertThat(waiting.get().version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(edge.url(path))).timeout(Duration.ofSeconds(30));
    }

    private static CompletableFuture<HttpResponse<String>> send(HttpClient client, HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private double reset(String reason) {
        return edge.counter("berth.http.reset.streams", "reason", reason);
    }

    private double partsBytes() {
        return edge.registry.get("berth.http.parts.bytes").gauge().value();
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
