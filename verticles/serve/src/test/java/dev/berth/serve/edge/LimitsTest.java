package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One client cannot take more than its share, and good clients do not notice. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class LimitsTest {
    private static final EdgeLimits QUICK = new EdgeLimits(
            Duration.ofMillis(700), Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMillis(800),
            16 << 10, 64, Duration.ofMillis(500), 10_000, 0, 0, Duration.ofSeconds(5));

    @TempDir
    Path data;

    private RunningEdge edge;

    private void start(EdgeLimits limits) throws Exception {
        edge = RunningEdge.with(data, conf -> conf.withLimits(limits), new TestFace((router, tools) -> {
            BlobSender sender = new BlobSender(tools);
            Segment.Blob blob = blob();
            Body body = new Body(List.of(blob), "application/octet-stream", null, null, null, false);
            router.get("/blob").handler(ctx -> sender.send(ctx, body).onFailure(ctx::fail));
            router.get("/quick").handler(ctx -> ctx.end("quick"));
            router.get("/options").handler(ctx -> {
                ConnectionBase connection = (ConnectionBase) ctx.request().connection();
                ctx.end(connection.channel().config().getOptions().toString());
            });
            router.get("/wait").handler(ctx -> {
                ctx.request().pause();
                tools.vertx().setTimer(2_500, late -> ctx.end("at last"));
            });
            router.get("/socket").handler(ctx -> ctx.request().toWebSocket());
            router.post("/upload").handler(ctx -> ctx.request().body().onSuccess(all -> ctx.end("got " + all.length())).onFailure(ctx::fail));
            router.post("/slow-disk").handler(ctx -> {
                ctx.request().pause();
                tools.vertx().setTimer(2_500, late -> ctx.request().body().onSuccess(all -> ctx.end("got " + all.length())));
                tools.vertx().setTimer(2_501, late -> ctx.request().resume());
            });
        }));
        edge.blob(BlobSenderTest.random(30_000_000));
    }

    private static Segment.Blob blob() {
        try {
            byte[] bytes = BlobSenderTest.random(30_000_000);
            byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Segment.Blob(new dev.berth.image.BlobId(java.util.HexFormat.of().formatHex(digest)), bytes.length);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    @DisplayName("S22: headers")
    void a_head_that_drips_is_cut() throws Exception {
        start(QUICK);
        try (SSLSocket socket = Client.socket(edge)) {
            drip(socket, "GET /quick HTTP/1.1\r\nHost: x\r\nX-A: ");
        }
        assertThat(edge.counter("berth.http.closed.connections", "reason", "slow-head")).isEqualTo(1);
    }

    @Test
    void a_head_that_drips_on_a_used_connection_is_cut_too() throws Exception {
        start(QUICK);
        try (SSLSocket socket = Client.socket(edge)) {
            ask(socket, "/quick");
            assertThat(socket.getInputStream().readNBytes(20)).hasSize(20);
            drip(socket, "GET /quick HTTP/1.1\r\nHost: x\r\nX-A: ");
        }
        assertThat(edge.counter("berth.http.closed.connections", "reason", "slow-head")).isEqualTo(1);
    }

    @Test
    @DisplayName("S23")
    void an_upload_that_drips_is_cut() throws Exception {
        start(QUICK);
        try (SSLSocket socket = Client.socket(edge)) {
            drip(socket, "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
        }
        assertThat(edge.counter("berth.http.closed.connections", "reason", "slow-body")).isEqualTo(1);
    }

    @Test
    void an_upload_that_we_hold_back_ourselves_is_not_cut() throws Exception {
        start(QUICK);
        try (SSLSocket socket = Client.socket(edge)) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /slow-disk HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[3_000_000]);
            assertThat(Client.read(socket)).contains("got 3000000");
        }
    }

    @Test
    void an_upload_that_came_whole_and_waits_for_us_is_not_cut() throws Exception {
        start(QUICK);
        try (SSLSocket socket = Client.socket(edge)) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /slow-disk HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[100_000]);
            assertThat(Client.read(socket)).contains("got 100000");
        }
    }

    @Test
    void a_response_that_waits_for_us_is_not_idle() throws Exception {
        start(QUICK);
        assertThat(Client.text(Client.get(edge, "/wait"))).isEqualTo("at last");
    }

    @Test
    void a_response_that_waits_for_us_is_not_an_upload_either() throws Exception {
        start(QUICK);
        try (SSLSocket socket = Client.socket(edge)) {
            ask(socket, "/wait");
            assertThat(Client.read(socket)).contains("at last");
        }
    }

    @Test
    void a_connection_without_a_request_is_closed_after_the_idle_time() throws Exception {
        start(QUICK);
        try (SSLSocket socket = Client.socket(edge)) {
            ask(socket, "/quick");
            assertThat(Client.read(socket)).contains("quick").endsWith("|closed");
        }
        assertThat(edge.counter("berth.http.closed.connections", "reason", "idle")).isEqualTo(1);
    }

    @Test
    void a_client_that_vanished_while_it_waits_is_found_out_by_the_kernel() throws Exception {
        start(QUICK);
        String options = Client.text(Client.get(edge, "/options"));
        assertThat(options).contains("SO_KEEPALIVE=true");
        if (edge.vertx.isNativeTransportEnabled()) {
            assertThat(options).contains("TCP_KEEPIDLE=60");
        }
    }

    @Test
    @DisplayName("R36, S22: read")
    void a_client_that_stops_reading_is_cut() throws Exception {
        start(QUICK);
        try (SSLSocket socket = Client.socket(edge)) {
            ask(socket, "/blob");
            socket.getInputStream().readNBytes(1000);
            waitFor(() -> edge.counter("berth.http.closed.connections", "reason", "not-reading") == 1);
        }
    }

    @Test
    void a_slow_reader_is_served_to_the_end() throws Exception {
        start(QUICK);
        try (SSLSocket socket = Client.socket(edge)) {
            ask(socket, "/blob");
            byte[] buffer = new byte[1 << 20];
            long got = 0;
            for (int n = 0; got < 30_000_000 && n >= 0; got += n) {
                n = socket.getInputStream().readNBytes(buffer, 0, buffer.length);
                TimeUnit.MILLISECONDS.sleep(80);
            }
            assertThat(got).isGreaterThan(30_000_000);
        }
    }

    @Test
    @DisplayName("S24")
    void three_hundred_idle_connections_hurt_nobody_and_are_gone_after_the_deadline() throws Exception {
        start(QUICK);
        List<SSLSocket> idle = new ArrayList<>();
        var context = Client.tls(null);
        for (int i = 0; i < 300; i++) {
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", edge.port());
            socket.startHandshake();
            idle.add(socket);
        }
        assertThat(Client.text(Client.get(edge, "/quick"))).isEqualTo("quick");
        waitFor(() -> connections() <= 1);
        for (SSLSocket socket : idle) {
            socket.close();
        }
    }

    @Test
    void beyond_the_limit_clients_are_told_so_and_room_comes_back() throws Exception {
        start(withConnections(3, 0));
        List<SSLSocket> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(Client.socket(edge));
        }
        waitFor(() -> connections() == 3);

        String refused = Client.raw(edge, "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n", 5_000);
        assertThat(refused).startsWith("HTTP/1.1 503").contains("Retry-After: 1", "\"error_code\":503").endsWith("|closed");
        assertThat(edge.counter("berth.http.refused.connections", "reason", "limit")).isEqualTo(1);

        for (SSLSocket socket : held) {
            socket.close();
        }
        waitFor(() -> connections() == 0);
        assertThat(Client.raw(edge, "GET /quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 5_000)).contains("quick");
    }

    @Test
    void one_address_may_be_limited_for_itself() throws Exception {
        start(withConnections(0, 2));
        try (SSLSocket first = Client.socket(edge);
                SSLSocket second = Client.socket(edge)) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            // A client is through with the handshake before the server is.
            waitFor(() -> connections() == 2);
            assertThat(Client.raw(edge, "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n", 5_000)).startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void an_address_has_its_place_back_when_its_websocket_ends() throws Exception {
        start(withConnections(0, 2));
        for (int i = 0; i < 5; i++) {
            WebSocket socket = Client.http()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(edge.url("/socket").replace("https:", "wss:")), new WebSocket.Listener() {})
                    .get(10, TimeUnit.SECONDS);
            assertThat(connections()).isEqualTo(1);
            socket.abort();
            waitFor(() -> connections() == 0);
        }
    }

    @Test
    void stopping_waits_for_a_running_download() throws Exception {
        start(EdgeLimits.DEFAULT);
        try (SSLSocket socket = Client.socket(edge)) {
            ask(socket, "/blob", "Connection: close");
            socket.getInputStream().readNBytes(1000);
            Thread stopping = new Thread(edge::stop);
            stopping.start();
            TimeUnit.MILLISECONDS.sleep(300);

            long rest = socket.getInputStream().readAllBytes().length;

            assertThat(rest).isGreaterThan(29_999_000);
            stopping.join(10_000);
            assertThat(stopping.isAlive()).isFalse();
        }
    }

    private static EdgeLimits withConnections(int all, int perAddress) {
        EdgeLimits usual = EdgeLimits.DEFAULT;
        return new EdgeLimits(
                usual.idle(), usual.headers(), usual.handshake(), usual.stall(), usual.headerBytes(), usual.headerCount(),
                usual.bodyGrace(), usual.bodyBytesPerSecond(), all, perAddress, Duration.ofSeconds(1));
    }

    /** Sends one byte after the other until the server has enough of it. */
    private static void drip(SSLSocket socket, String start) throws Exception {
        OutputStream out = socket.getOutputStream();
        out.write(start.getBytes(StandardCharsets.US_ASCII));
        long begun = System.nanoTime();
        try {
            while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(10)) {
                out.write('a');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException cut) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
            return;
        }
        throw new AssertionError("still open after 10 s");
    }

    private static void ask(SSLSocket socket, String path, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private double connections() {
        return edge.registry.get("berth.http.connections").gauge().value();
    }

    private static void waitFor(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
