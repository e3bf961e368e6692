package dev.berth.testkit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.StreamContract.Complete;
import dev.berth.contract.StreamContract.End;
import dev.berth.contract.StreamContract.Failed;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.StreamInlet;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.Streams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source that is drained into a byte stream is paused while its reader is slow, and heard when it fails. */
final class DrainTest {
    private static final int WINDOW = 64 << 10;
    private static final byte[] IMAGE = new byte[1_000_000];

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Buffer received = Buffer.buffer();
    private Streams streams;
    private ScriptedStream source;

    @BeforeEach
    void prepare() {
        new Random(1).nextBytes(IMAGE);
        Bus.prepare(vertx);
        StreamLimits limits = new StreamLimits(WINDOW, Duration.ofSeconds(20));
        streams = new Streams(vertx, limits, new StreamMeters(new SimpleMeterRegistry()));
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    @Test
    void a_source_is_paused_and_resumed_as_its_reader_works() throws Exception {
        End end = done(drain(script -> {}, this::slowly));

        assertThat(end).isEqualTo(new Complete(IMAGE.length, Map.of("part", "rootfs")));
        assertThat(received.getBytes()).isEqualTo(IMAGE);
        assertThat(source.pauses()).isPositive();
        assertThat(source.resumes()).isGreaterThanOrEqualTo(source.pauses());
    }

    @Test
    void a_source_that_fails_breaks_the_stream_with_its_words() throws Exception {
        End end = done(drain(
                script -> script.failingAt(300_000, new IllegalStateException("connection reset")), this::slowly));

        assertThat(end).isEqualTo(new Failed("connection reset"));
        assertThat(received.length()).isLessThanOrEqualTo(300_000);
    }

    @Test
    void a_source_is_not_read_on_when_its_reader_aborts() throws Exception {
        End end = done(drain(script -> {}, inlet -> inlet.handler(bytes -> inlet.abort("enough"))));

        assertThat(end).isEqualTo(new Failed("enough"));
        assertThat(source.given()).isLessThanOrEqualTo(4 * WINDOW);
    }

    private Future<End> drain(Consumer<ScriptedStream> script, Consumer<StreamInlet> reader) {
        Promise<End> ended = Promise.promise();
        context.runOnContext(go -> {
            source = new ScriptedStream(IMAGE, 7000);
            script.accept(source);
            var outlet = streams.outlet("drained", 1);
            streams.inlet("drained").onSuccess(reader::accept);
            outlet.drain(source, Map.of("part", "rootfs")).onComplete(ended);
        });
        return ended.future();
    }

    private void slowly(StreamInlet inlet) {
        inlet.creditByHand().handler(bytes -> {
            received.appendBuffer(bytes);
            vertx.setTimer(1, later -> inlet.workedOff(bytes.length()));
        });
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
