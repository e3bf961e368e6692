package dev.berth.kit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.StreamContract.Complete;
import dev.berth.contract.StreamContract.End;
import dev.berth.contract.StreamContract.Failed;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Workers read a stream: all of it, in order, one at a time, whatever the loop of who uses them does. */
final class WorkerInletTest extends StreamFixture {
    private static final byte[] IMAGE = bytes(1, 3_000_000);
    private static final int BATCH = 32 << 10;
    private static final int PIECE = 3000;

    private final WorkerExecutor workers = vertx.createSharedWorkerExecutor("test-workers", 3);
    private final Context home = newContext();

    @Test
    void every_byte_is_worked_off_once_and_in_order_on_workers() throws Exception {
        StreamOutlet outlet = outlet(2);
        Reader other = reader(outlet);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        WorkerInlet inlet = attached(outlet, batch -> {
            assertThat(Context.isOnWorkerThread()).isTrue();
            batch.forEach(bytes -> got.writeBytes(bytes.getBytes()));
            batches.add(batch.stream().mapToInt(Buffer::length).sum());
            return false;
        });
        inlet.begin();

        assertThat(done(send(outlet, IMAGE, 10_000))).isEqualTo(new Complete(IMAGE.length, Map.of()));

        assertThat(done(inlet.ended())).isInstanceOf(Complete.class);
        assertThat(got.toByteArray()).isEqualTo(IMAGE);
        assertThat(batches).allSatisfy(bytes -> assertThat(bytes).isLessThanOrEqualTo(BATCH));
        assertThat(other.bytes()).isEqualTo(IMAGE);
    }

    @Test
    void nothing_flows_before_the_beginning() throws Exception {
        StreamOutlet outlet = outlet(1);
        AtomicInteger got = new AtomicInteger();
        WorkerInlet inlet = attached(outlet, batch -> got.getAndAdd(1) < 0);
        Future<End> settled = send(outlet, IMAGE, 10_000);
        wait(50);

        assertThat(got).hasValue(0);
        inlet.begin();
        assertThat(done(settled)).isInstanceOf(Complete.class);
        assertThat(got.get()).isPositive();
    }

    @Test
    void a_stream_needs_no_turn_of_the_loop_of_those_who_use_it() throws Exception {
        StreamOutlet outlet = outlet(1);
        WorkerInlet inlet = attached(outlet, batch -> true);
        inlet.onNews(() -> {}).begin();
        CountDownLatch free = new CountDownLatch(1);
        home.runOnContext(busy -> awaitQuietly(free));

        assertThat(done(send(outlet, IMAGE, 10_000))).isInstanceOf(Complete.class);

        assertThat(inlet.ended().isComplete()).isFalse();
        free.countDown();
        assertThat(done(inlet.ended())).isInstanceOf(Complete.class);
    }

    @Test
    void news_is_told_at_home_and_never_after_the_end() throws Exception {
        StreamOutlet outlet = outlet(1);
        List<String> told = new ArrayList<>();
        WorkerInlet inlet = attached(outlet, batch -> true);
        inlet.onNews(() -> told.add(Vertx.currentContext() == home ? "news" : "elsewhere"));
        Future<End> heard = on(home, () -> inlet.ended().onComplete(ended -> told.add("end")));
        inlet.begin();

        send(outlet, IMAGE, 10_000);

        done(heard);
        wait(20);
        List<String> all = on(home, () -> List.copyOf(told));
        assertThat(all).hasSizeGreaterThan(1).containsOnly("news", "end").last().isEqualTo("end");
    }

    @Test
    void work_that_fails_stops_the_stream_for_everybody_and_is_not_gone_on_with() throws Exception {
        StreamOutlet outlet = outlet(2);
        Reader other = reader(outlet);
        AtomicInteger calls = new AtomicInteger();
        WorkerInlet inlet = attached(outlet, batch -> {
            if (calls.incrementAndGet() == 3) {
                throw new IOException("the disk is on fire");
            }
            return false;
        });
        inlet.begin();

        assertThat(done(send(outlet, IMAGE, 10_000))).isEqualTo(new Failed("the disk is on fire"));

        assertThatThrownBy(() -> done(inlet.ended())).hasRootCauseInstanceOf(IOException.class);
        assertThat(done(other.ended())).isEqualTo(new Failed("the disk is on fire"));
        wait(20);
        assertThat(calls).hasValue(3);
    }

    @Test
    void the_end_is_told_when_no_worker_is_at_work_any_more() throws Exception {
        StreamOutlet outlet = outlet(1);
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        WorkerInlet inlet = attached(outlet, batch -> {
            atWork.countDown();
            awaitQuietly(free);
            return calls.incrementAndGet() < 0;
        });
        inlet.begin();
        Future<End> settled = send(outlet, IMAGE, 10_000);
        assertThat(atWork.await(5, TimeUnit.SECONDS)).isTrue();

        producer.runOnContext(go -> outlet.fail("the client went away"));

        assertThat(done(settled)).isEqualTo(new Failed("the client went away"));
        wait(30);
        assertThat(inlet.ended().isComplete()).isFalse();
        free.countDown();
        assertThat(done(inlet.ended())).isEqualTo(new Failed("the client went away"));
        assertThat(calls).as("what waited behind it is forgotten").hasValue(1);
    }

    @Test
    void aborting_stops_the_stream_for_everybody() throws Exception {
        StreamOutlet outlet = outlet(1);
        WorkerInlet inlet = attached(outlet, batch -> false);
        Future<End> settled = send(outlet, IMAGE, 10_000);

        inlet.abort("had enough");

        assertThat(done(settled)).isEqualTo(new Failed("had enough"));
        assertThat(done(inlet.ended())).isEqualTo(new Failed("had enough"));
    }

    @Test
    void workers_that_are_closed_stop_the_stream() throws Exception {
        StreamOutlet outlet = outlet(1);
        WorkerInlet inlet = attached(outlet, batch -> false);
        done(workers.close());
        inlet.begin();

        assertThat(done(send(outlet, IMAGE, 10_000))).isInstanceOf(Failed.class);
        assertThatThrownBy(() -> done(inlet.ended())).isNotNull();
    }

    @Test
    void a_verticle_that_is_undeployed_leaves_no_reader_behind() throws Exception {
        StreamOutlet outlet = outlet(1);
        String dying = done(vertx.deployVerticle(new AbstractVerticle() {
            @Override
            public void start() {
                streams.inlet(outlet.address(), workers, BATCH, batch -> false);
            }
        }));
        done(outlet.attached());

        done(vertx.undeploy(dying));

        assertThat(done(outlet.settled())).isEqualTo(new Failed("a reader of the stream is gone"));
    }

    @Test
    void a_stream_that_is_not_there_cannot_be_read() {
        Future<WorkerInlet> inlet = on(home, () -> streams.inlet("nowhere", workers, BATCH, batch -> false));

        assertThatThrownBy(() -> done(inlet)).hasMessageContaining("nowhere");
    }

    @Test
    void a_long_stream_lets_others_have_the_worker() throws Exception {
        WorkerExecutor one = vertx.createSharedWorkerExecutor("test-worker", 1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch queued = new CountDownLatch(1);
        Buffer megabyte = Buffer.buffer(new byte[1 << 20]);
        WorkerFeed first = on(home, () -> feed(one, "long", queued, order));
        WorkerFeed second = on(home, () -> feed(one, "short", queued, order));

        home.runOnContext(go -> {
            for (int i = 0; i < 50; i++) {
                first.add(megabyte);
            }
            second.add(megabyte);
            queued.countDown();
        });
        wait(50);
        done(on(home, first::idle));
        done(on(home, second::idle));

        assertThat(order).hasSize(51);
        assertThat(order.indexOf("short")).isBetween(1, 49);
    }

    @Test
    void two_hundred_streams_on_four_workers_keep_to_their_windows_and_lose_nothing() throws Exception {
        WorkerExecutor four = vertx.createSharedWorkerExecutor("test-four", 4);
        List<Crowded> crowd = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            crowd.add(new Crowded(i, four));
        }

        done(Future.all(crowd.stream().map(Crowded::send).toList()));

        for (Crowded stream : crowd) {
            stream.check();
        }
        assertThat(crowd).as("some had much in flight").anyMatch(stream -> stream.mostInFlight > WINDOW / 2);
    }

    /** One stream with two workers and a reader, as an image has. */
    private final class Crowded {
        private final int number;
        private final byte[] image;
        private final StreamOutlet outlet = outlet(3);
        private final Reader reader = reader(outlet);
        private final List<Worked> worked = List.of(new Worked(), new Worked());
        private final List<WorkerInlet> inlets = new ArrayList<>();
        private long mostInFlight;

        Crowded(int number, WorkerExecutor workers) throws Exception {
            this.number = number;
            this.image = bytes(number, 100_000 + number);
            for (Worked work : worked) {
                inlets.add(done(on(home, () -> streams.inlet(outlet.address(), workers, BATCH, work))));
            }
            inlets.forEach(WorkerInlet::begin);
        }

        /** Everything at once, whatever the queue says. */
        Future<End> send() {
            producer.runOnContext(go -> {
                Buffer all = Buffer.buffer(image);
                for (int at = 0; at < image.length; at += PIECE) {
                    outlet.write(all.slice(at, Math.min(image.length, at + PIECE))).onSuccess(sent -> look());
                }
                outlet.end();
            });
            return outlet.settled();
        }

        /** As soon as more is sent. Credit comes after the work, so more is never sent than work and window allow. */
        private void look() {
            long sent = outlet.sent();
            worked.forEach(work -> mostInFlight = Math.max(mostInFlight, sent - work.count.get()));
        }

        void check() throws Exception {
            assertThat(reader.bytes()).as("stream %d", number).isEqualTo(image);
            for (int i = 0; i < inlets.size(); i++) {
                assertThat(done(inlets.get(i).ended())).isEqualTo(new Complete(image.length, Map.of()));
                assertThat(worked.get(i).bytes.toByteArray()).as("stream %d", number).isEqualTo(image);
            }
            assertThat(mostInFlight).as("stream %d", number).isLessThanOrEqualTo(WINDOW);
        }
    }

    /** Keeps all it is given. */
    private static final class Worked implements WorkerInlet.Work {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final AtomicLong count = new AtomicLong();

        @Override
        public boolean on(List<Buffer> batch) {
            batch.forEach(piece -> bytes.writeBytes(piece.getBytes()));
            count.addAndGet(batch.stream().mapToInt(Buffer::length).sum());
            return false;
        }
    }

    private WorkerFeed feed(WorkerExecutor one, String name, CountDownLatch queued, List<String> order) {
        return new WorkerFeed(vertx, one, 1, new WorkerFeed.Consumer() {
            @Override
            public void work(List<Buffer> batch, int bytes) {
                awaitQuietly(queued);
                order.add(name);
            }

            @Override
            public void broke(Throwable cause) {
                order.add("broke: " + cause);
            }
        });
    }

    private WorkerInlet attached(StreamOutlet outlet, WorkerInlet.Work work) throws Exception {
        return done(on(home, () -> streams.inlet(outlet.address(), workers, BATCH, work)));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let it go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
