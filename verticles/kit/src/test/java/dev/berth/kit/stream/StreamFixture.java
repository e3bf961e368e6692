package dev.berth.kit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.StreamContract.End;
import dev.berth.kit.bus.Bus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** A bus, byte streams with a small window, a context for producers, and another one for each reader. */
abstract class StreamFixture {
    private static final int PATIENCE_SECONDS = 20;
    static final int WINDOW = 64 << 10;
    static final Duration SILENCE = Duration.ofMillis(900);

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final StreamMeters meters = new StreamMeters(registry);
    final Streams patient = new Streams(vertx, new StreamLimits(WINDOW, Duration.ofSeconds(20)), meters);
    final Streams impatient = new Streams(vertx, new StreamLimits(WINDOW, SILENCE), meters);
    Streams streams = patient;
    final Context producer = vertx.getOrCreateContext();
    private int addresses;

    StreamFixture() {
        Bus.prepare(vertx);
    }

    @AfterEach
    void nothing_is_left_and_close() throws Exception {
        assertThat(registry.get("berth.stream.open").gauge().value()).as("open streams").isZero();
        assertThat(inFlight()).as("bytes in flight").isZero();
        done(vertx.close());
    }

    StreamOutlet outlet(int readers) {
        String address = "test.stream." + ++addresses;
        return on(producer, () -> streams.outlet(address, readers));
    }

    /** A reader with a context of its own. */
    Reader reader(StreamOutlet outlet) {
        return attach(new Reader(newContext()), outlet);
    }

    /** A reader that works off each piece after a while. */
    Reader slowReader(StreamOutlet outlet, int millis) {
        return attach(new Reader(newContext()).slow(millis), outlet);
    }

    /** A reader that credits nothing. */
    Reader stuckReader(StreamOutlet outlet) {
        return attach(new Reader(newContext()).thatNeverCredits(), outlet);
    }

    private Reader attach(Reader reader, StreamOutlet outlet) {
        on(reader.context, () -> {
            reader.attach(streams.inlet(outlet.address()));
            return null;
        });
        return reader;
    }

    /** Writes pieces of {@code bytes} as fast as the stream's queue says, then ends. */
    Future<End> send(StreamOutlet outlet, byte[] bytes, int piece) {
        producer.runOnContext(go -> writeFrom(outlet, Buffer.buffer(bytes), 0, piece));
        return outlet.settled();
    }

    /** Writes everything at once, whatever the queue says. */
    Future<Void> write(StreamOutlet outlet, byte[] bytes) {
        return on(producer, () -> outlet.write(Buffer.buffer(bytes)));
    }

    double inFlight() {
        return registry.get("berth.stream.in.flight.bytes").gauge().value();
    }

    Context newContext() {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    /** Gives the bus {@code millis} to do what it should not. */
    void wait(int millis) throws Exception {
        done(vertx.timer(millis, TimeUnit.MILLISECONDS));
    }

    /** Waits for what comes without a future; when it never does, the assertion that follows says what came instead. */
    void until(BooleanSupplier holds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!holds.getAsBoolean() && System.nanoTime() < end) {
            wait(5);
        }
    }

    /** A reader gets these bytes, and not one more although the bus has time for it. */
    void getsJust(long bytes, Reader reader) throws Exception {
        until(() -> reader.received.get() >= bytes);
        wait(50);
        assertThat(reader.received).hasValue(bytes);
    }

    static <T> T on(Context context, Supplier<T> work) {
        Promise<T> made = Promise.promise();
        context.runOnContext(go -> {
            try {
                made.complete(work.get());
            } catch (RuntimeException e) {
                made.fail(e);
            }
        });
        return made.future().toCompletionStage().toCompletableFuture().join();
    }

    static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private void writeFrom(StreamOutlet outlet, Buffer all, int from, int piece) {
        int at = from;
        while (at < all.length() && !outlet.writeQueueFull()) {
            int to = Math.min(all.length(), at + piece);
            outlet.write(all.slice(at, to));
            at = to;
        }
        int next = at;
        if (next == all.length()) {
            outlet.drainHandler(null).end();
        } else {
            outlet.drainHandler(room -> writeFrom(outlet, all, next, piece));
        }
    }
}
