package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.kit.bus.Bus;
import dev.berth.serve.pump.Pumps;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFilePumpTest {
    /** How often a reader is kept awake before the file begins. */
    private static final int SILENCES = 5;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Pumps pumps = new Pumps(vertx, new Bus(vertx), new SimpleMeterRegistry());
    private final Promise<Long> begun = Promise.promise();
    private final Promise<Long> ended = Promise.promise();
    private int asked;
    private long silenceMillis = 60_000;
    private HttpServer server;
    private Path file;

    @BeforeEach
    void listen() throws Exception {
        file = Files.writeString(folder.resolve("file"), "0123456789");
        server = vertx.createHttpServer().requestHandler(this::send).listen(0, "127.0.0.1").await(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void nobody_waits_in_silence_for_the_first_byte() throws Exception {
        silenceMillis = 20;

        assertThat(read().get(20, TimeUnit.SECONDS).body()).matches("\\.+0123456789").hasSizeGreaterThan(11);
    }

    @Test
    void who_follows_gets_all_of_it_and_no_more() throws Exception {
        begun.complete(4L);
        ended.complete(10L);

        assertThat(read().get(20, TimeUnit.SECONDS).body()).isEqualTo("0123456789");
    }

    @Test
    void a_file_that_never_becomes_whole_never_looks_whole() {
        begun.complete(4L);
        ended.fail("broken");

        assertThatThrownBy(() -> read().get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
    }

    private CompletableFuture<HttpResponse<String>> read() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/"))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private void send(HttpServerRequest request) {
        request.response().setChunked(true);
        new GrowingFilePump(vertx, pumps, new Growing(), request.response(), silenceMillis)
                .run()
                .onSuccess(all -> request.response().end())
                .onFailure(broken -> request.response().reset());
    }

    /** Four bytes when it begins, which is late; ten when it ends. */
    private final class Growing implements GrowingFile {
        @Override
        public FileChannel open() throws IOException {
            return FileChannel.open(file);
        }

        @Override
        public Future<Long> after(long beyond) {
            return beyond < 4 ? begun.future() : ended.future();
        }

        @Override
        public byte[] filler() {
            if (++asked == SILENCES) {
                vertx.runOnContext(go -> begun.complete(4L));
                vertx.runOnContext(go -> ended.complete(10L));
            }
            return ".".getBytes(StandardCharsets.US_ASCII);
        }
    }
}
