package dev.berth.serve.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.testkit.Expect;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PartsTest {
    private static final byte[] CONTENT = new byte[4 << 20];
    private static final long ROOM = 2L << 20;

    static {
        new Random(7).nextBytes(CONTENT);
    }

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Memory file = new Memory();
    private Parts parts = parts(20_000);

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void readers_of_the_same_bytes_cost_one_reading() {
        List<Future<Piece>> takes = onLoop(() -> takes(50, i -> 0));

        for (Piece piece : all(takes)) {
            assertThat(piece.bytes().getBytes()).isEqualTo(Arrays.copyOf(CONTENT, Parts.LARGE));
        }
        assertThat(file.readings).hasValue(1);
        assertThat(bytes()).isEqualTo(Parts.LARGE);
        assertThat(registry.get("berth.http.parts.taken").tag("from", "disk").counter().count()).isEqualTo(1);
        assertThat(registry.get("berth.http.parts.taken").tag("from", "memory").counter().count()).isEqualTo(49);
    }

    @Test
    void any_number_of_readers_may_wait_for_one_reading() {
        List<Future<Piece>> takes = onLoop(() -> takes(50_000, i -> 0));

        assertThat(all(takes)).hasSize(50_000);
        assertThat(file.readings).hasValue(1);
    }

    @Test
    void what_has_grown_is_read_and_nothing_twice() {
        Piece first = Expect.soon(onLoop(() -> take(0, 1_000)));
        Piece more = Expect.soon(onLoop(() -> take(1_000, 5_000)));

        assertThat(first.bytes().length()).isEqualTo(1_000);
        assertThat(more.bytes().getBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 1_000, 5_000));
        assertThat(file.bytesRead).hasValue(5_000);
        assertThat(bytes()).isEqualTo(Parts.LARGE);
    }

    @Test
    void who_begins_before_what_is_there_is_served_all_the_same() {
        Expect.soon(onLoop(() -> take(100_000, 200_000)));

        Piece before = Expect.soon(onLoop(() -> take(50_000, 200_000)));

        byte[] got = before.bytes().getBytes();
        assertThat(got).isNotEmpty().isEqualTo(Arrays.copyOfRange(CONTENT, 50_000, 50_000 + got.length));
    }

    @Test
    void a_part_waits_for_another_reader_but_not_for_nobody() {
        onLoop(() -> {
            parts.enter(file.name());
            return null;
        });
        released(Expect.soon(onLoop(() -> take(0, Parts.LARGE))));
        released(Expect.soon(onLoop(() -> take(0, Parts.LARGE))));

        assertThat(file.readings).as("the second reader found it").hasValue(1);
        assertThat(bytes()).isEqualTo(Parts.LARGE);
        left();
        left();
        left();
        assertThat(bytes()).isZero();
    }

    @Test
    void what_a_lonely_reader_has_sent_is_forgotten_at_once() {
        released(Expect.soon(onLoop(() -> take(0, Parts.LARGE))));

        assertThat(bytes()).isZero();
    }

    @Test
    void many_readers_at_different_places_stay_within_the_room_and_all_go_on() {
        int many = 300;
        int step = CONTENT.length / many;
        List<Future<Piece>> takes = onLoop(() -> takes(many, i -> (long) i * step));

        assertThat(bytes()).isPositive().isLessThanOrEqualTo(ROOM);
        assertThat(registry.get("berth.http.parts.waiting").gauge().value()).isPositive();
        int served = 0;
        while (served < many) {
            Piece piece = Expect.soon(takes.get(served));
            long from = (long) served * step;
            byte[] got = piece.bytes().getBytes();
            assertThat(got).isNotEmpty().isEqualTo(Arrays.copyOfRange(CONTENT, (int) from, (int) from + got.length));
            released(piece);
            assertThat(bytes()).isLessThanOrEqualTo(ROOM);
            served++;
        }
        assertThat(registry.get("berth.http.parts.waiting").gauge().value()).isZero();
    }

    @Test
    void who_waits_too_long_for_what_others_hold_is_refused_and_forgotten() {
        parts = parts(100);
        int many = 300;
        int step = CONTENT.length / many;
        List<Future<Piece>> takes = onLoop(() -> takes(many, i -> (long) i * step));

        Future<Piece> last = takes.get(many - 1);
        assertThatThrownBy(() -> last.await(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(RefusedException.class, no -> assertThat(no.refused().reason())
                        .isEqualTo(Refused.Reason.UNAVAILABLE));

        assertThat(registry.get("berth.http.parts.waiting").gauge().value()).isZero();
        released(Expect.soon(takes.get(0)));
        assertThat(Expect.soon(onLoop(() -> take(0, 1_000))).bytes().length()).isPositive();
    }

    @Test
    void a_reading_that_fails_is_told_and_holds_nothing() {
        file.broken = true;
        Future<Piece> failed = onLoop(() -> take(0, 1_000));
        assertThatThrownBy(() -> failed.await(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        left();
        assertThat(bytes()).isZero();

        file.broken = false;
        Piece again = Expect.soon(onLoop(() -> take(0, 1_000)));

        assertThat(again.bytes().getBytes()).isEqualTo(Arrays.copyOf(CONTENT, 1_000));
        released(again);
        assertThat(bytes()).isZero();
    }

    private Parts parts(long patienceMillis) {
        PartMeters meters = PartMeters.of(vertx, registry);
        return new Parts(vertx.createSharedWorkerExecutor("parts", 4), new Room(vertx, ROOM, patienceMillis, meters), meters);
    }

    private interface Places {
        long of(int reader);
    }

    private List<Future<Piece>> takes(int many, Places places) {
        List<Future<Piece>> takes = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            takes.add(take(places.of(i), CONTENT.length));
        }
        return takes;
    }

    private Future<Piece> take(long from, long upTo) {
        parts.enter(file.name());
        return parts.take(file, from, upTo, false);
    }

    private static List<Piece> all(List<Future<Piece>> takes) {
        return takes.stream().map(Expect::soon).toList();
    }

    private void released(Piece piece) {
        onLoop(() -> {
            piece.release().run();
            return null;
        });
    }

    private void left() {
        onLoop(() -> {
            parts.leave(file.name());
            return null;
        });
    }

    private double bytes() {
        return registry.get("berth.http.parts.bytes").gauge().value();
    }

    private <T> T onLoop(Supplier<T> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(turn -> done.complete(work.get()));
        return Expect.soon(done.future());
    }

    /** A file in memory that counts. */
    private static final class Memory implements Source {
        private final AtomicInteger readings = new AtomicInteger();
        private final AtomicLong bytesRead = new AtomicLong();
        private volatile boolean broken;

        @Override
        public Object name() {
            return "file";
        }

        @Override
        public Future<Long> after(long beyond) {
            return Future.succeededFuture((long) CONTENT.length);
        }

        @Override
        public void read(ByteBuffer into, long from) throws IOException {
            if (broken) {
                throw new IOException("the disk is broken");
            }
            readings.incrementAndGet();
            bytesRead.addAndGet(into.remaining());
            into.put(CONTENT, (int) from, into.remaining());
        }
    }
}
