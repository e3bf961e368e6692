package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Listed;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Requestor;
import dev.berth.kit.bus.Bus;
import dev.berth.serve.TestCertificate;
import dev.berth.serve.lxd.LxdFace;
import dev.berth.serve.lxd.server.ServerPart;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event stream as clients reach it: over TLS, known by their certificate, through everything the edge does. */
final class EventsOverTlsTest {
    private static final String THERE = "\"there\"";

    private final TestCertificate alice = TestCertificate.named("alice");

    /** Held, because Vert.x closes clients that nobody holds. */
    private WebSocketClient client;

    @TempDir
    Path data;

    @Test
    @DisplayName("rest-api 207")
    void a_known_certificate_opens_the_stream_and_events_arrive() throws Exception {
        try (RunningEdge edge = edge()) {
            BlockingQueue<String> frames = new LinkedBlockingQueue<>();
            RunningEdge.await(connect(edge)).textMessageHandler(frames::add);

            announce(edge, "\"hello\"");

            assertThat(frames.poll(10, TimeUnit.SECONDS)).isEqualTo("\"hello\"");
        }
    }

    @Test
    @DisplayName("rest-api 4.3: nobody is left hanging, and nobody holds up the stop")
    void a_stop_says_goodbye_to_listeners_at_once() throws Exception {
        try (RunningEdge edge = edge()) {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            WebSocket socket = listening(edge);
            socket.closeHandler(closed::complete);
            Instant start = Instant.now();

            edge.stop();

            closed.get(10, TimeUnit.SECONDS);
            assertThat(socket.closeStatusCode()).isEqualTo((short) 1001);
            assertThat(Duration.between(start, Instant.now())).isLessThan(EdgeLimits.DEFAULT.drain().dividedBy(2));
        }
    }

    @Test
    @DisplayName("rest-api 4.3: a stream that breaks is a failed operation to its client")
    void a_stop_lets_running_work_tell_its_end_first() throws Exception {
        try (RunningEdge edge = edge()) {
            AtomicReference<Status> status = new AtomicReference<>(Status.RUNNING);
            RunningEdge.await(new Bus(edge.vertx).answer(OperationsContract.LIST, question ->
                    Future.succeededFuture(new Listed(List.of(work(status.get()))))));
            BlockingQueue<String> frames = new LinkedBlockingQueue<>();
            WebSocket socket = listening(edge).textMessageHandler(frame -> {
                if (!frame.equals(THERE)) {
                    frames.add(frame);
                }
            });
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(edge::stop);

            edge.vertx.setTimer(500, later -> {
                announce(edge, "\"done\"");
                status.set(Status.SUCCESS);
            });

            assertThat(frames.poll(10, TimeUnit.SECONDS)).isEqualTo("\"done\"");
            stopped.get(10, TimeUnit.SECONDS);
            assertThat(socket.closeStatusCode()).isEqualTo((short) 1001);
        }
    }

    /** A listener that the server knows of: the answer to the upgrade is out a moment before that. */
    private WebSocket listening(RunningEdge edge) throws Exception {
        BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        WebSocket socket = RunningEdge.await(connect(edge)).textMessageHandler(frames::add);
        String there = null;
        for (int asked = 0; there == null && asked < 100; asked++) {
            announce(edge, THERE);
            there = frames.poll(100, TimeUnit.MILLISECONDS);
        }
        assertThat(there).isEqualTo(THERE);
        return socket;
    }

    private static Operation work(Status status) {
        return new Operation(
                "c0ffee", Kind.TASK, "Working", "default", Instant.now(), Instant.now(), status, null, null, false, "",
                null, Requestor.BERTH);
    }

    private static void announce(RunningEdge edge, String frame) {
        new Bus(edge.vertx)
                .announce(
                        OperationsContract.EVENT, new Event("lifecycle", "default", Instant.now(), false, frame));
    }

    private RunningEdge edge() throws Exception {
        RunningEdge edge = RunningEdge.with(data, new LxdFace(List.of(new ServerPart())));
        edge.trusted.add(alice.fingerprint());
        return edge;
    }

    private Future<WebSocket> connect(RunningEdge edge) {
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(alice.pem()))
                        .setKeyValue(Buffer.buffer(keyPem())));
        client = edge.vertx.createWebSocketClient(options);
        return client.connect(new WebSocketConnectOptions()
                .setSsl(true)
                .setHost("127.0.0.1")
                .setPort(edge.port())
                .setURI("/1.0/events"));
    }

    private String keyPem() {
        String base64 = Base64.getMimeEncoder().encodeToString(alice.key().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }
}
