package dev.berth.kit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.StreamContract.Cancelled;
import dev.berth.contract.StreamContract.Complete;
import dev.berth.contract.StreamContract.End;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bytes arrive, all of them, once, in order, and never more at a time than the window allows. */
final class StreamFlowTest extends StreamFixture {
    private static final byte[] IMAGE = bytes(1, 2_000_000);

    @Test
    void a_producer_faster_than_its_readers_waits_for_the_slowest_of_three() throws Exception {
        StreamOutlet outlet = outlet(3);
        Reader slow = slowReader(outlet, 3);
        List<Reader> readers = List.of(slow, reader(outlet), reader(outlet));

        End end = done(send(outlet, IMAGE, 10_000));

        assertThat(end).isEqualTo(new Complete(IMAGE.length, Map.of()));
        for (Reader reader : readers) {
            assertThat(done(reader.ended())).isEqualTo(end);
            assertThat(reader.bytes()).isEqualTo(IMAGE);
            assertThat(reader.endHandler.future().succeeded()).isTrue();
        }
        assertThat(slow.mostUnworked.get()).isLessThanOrEqualTo(WINDOW);
        assertThat(registry.timer("berth.stream.credit.stall").count()).isPositive();
    }

    @Test
    void a_reader_that_credits_nothing_gets_one_window_and_not_a_byte_more() throws Exception {
        StreamOutlet outlet = outlet(2);
        Reader stuck = stuckReader(outlet);
        Reader quick = reader(outlet);
        done(outlet.attached());

        write(outlet, IMAGE);

        getsJust(WINDOW, stuck);
        getsJust(WINDOW, quick);
        assertThat(inFlight()).isLessThanOrEqualTo(2.0 * WINDOW);
        assertThat(on(producer, outlet::writeQueueFull)).isTrue();
        on(producer, () -> {
            outlet.cancel("seen enough");
            return null;
        });
    }

    @Test
    void two_hundred_streams_at_once_keep_to_their_windows_and_lose_nothing() throws Exception {
        List<Future<End>> ends = new ArrayList<>();
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            StreamOutlet outlet = outlet(2);
            readers.add(i % 10 == 0 ? slowReader(outlet, 2) : reader(outlet));
            readers.add(reader(outlet));
            ends.add(send(outlet, bytes(i / 4, 150_000 + i), 1 + 7919 * (i % 5)));
        }

        done(Future.all(ends));

        for (int i = 0; i < readers.size(); i++) {
            assertThat(done(readers.get(i).ended())).isEqualTo(new Complete(150_000 + i / 2, Map.of()));
            assertThat(readers.get(i).bytes()).as("reader %d", i).isEqualTo(bytes(i / 8, 150_000 + i / 2));
            assertThat(readers.get(i).mostUnworked.get()).isLessThanOrEqualTo(WINDOW);
        }
    }

    @Test
    void many_streams_share_what_may_be_in_flight() throws Exception {
        int least = StreamLimits.LEAST_WINDOW;
        streams = new Streams(vertx, new StreamLimits(4 * least, 8 * least, SILENCE.multipliedBy(20)), meters);
        StreamOutlet early = outlet(1);
        Reader alone = stuckReader(early);
        write(early, IMAGE);
        getsJust(4L * least, alone);

        List<StreamOutlet> crowd = new ArrayList<>(List.of(outlet(1), outlet(1), outlet(1)));
        List<Reader> stuck = crowd.stream().map(this::stuckReader).toList();
        crowd.forEach(outlet -> write(outlet, IMAGE));
        for (Reader reader : stuck) {
            getsJust(2L * least, reader);
        }

        StreamInlet inlet = alone.inlet();
        on(alone.context, () -> {
            inlet.workedOff(3 * least);
            return null;
        });
        // One of four: what it has worked off shrinks its window first.
        getsJust(5L * least, alone);
        crowd.add(early);
        crowd.forEach(outlet -> on(producer, () -> {
            outlet.cancel("seen enough");
            return null;
        }));
    }

    @Test
    void nothing_is_sent_before_every_reader_is_there() throws Exception {
        StreamOutlet outlet = outlet(2);
        Reader first = reader(outlet);
        first.inlet();
        Future<End> settled = send(outlet, IMAGE, 5000);
        wait(50);
        assertThat(first.received).hasValue(0);

        Reader second = reader(outlet);

        assertThat(done(settled)).isInstanceOf(Complete.class);
        assertThat(first.bytes()).isEqualTo(second.bytes());
    }

    @Test
    void an_empty_stream_completes() throws Exception {
        StreamOutlet outlet = outlet(1);
        Reader reader = reader(outlet);

        assertThat(done(send(outlet, new byte[0], 1))).isEqualTo(new Complete(0, Map.of()));
        done(reader.endHandler.future());
    }

    @Test
    void a_handler_that_is_set_late_misses_nothing() throws Exception {
        StreamOutlet outlet = outlet(1);
        Future<StreamInlet> attaching = on(producer, () -> streams.inlet(outlet.address()));
        StreamInlet inlet = done(attaching);
        Future<End> settled = send(outlet, IMAGE, 5000);
        wait(50);
        Buffer all = Buffer.buffer();

        on(producer, () -> inlet.handler(all::appendBuffer));

        assertThat(done(settled)).isInstanceOf(Complete.class);
        assertThat(all.getBytes()).isEqualTo(IMAGE);
    }

    @Test
    void an_end_handler_that_is_set_after_the_end_is_told() throws Exception {
        StreamOutlet outlet = outlet(1);
        Future<StreamInlet> attaching = on(producer, () -> streams.inlet(outlet.address()));
        StreamInlet inlet = done(attaching);
        done(send(outlet, new byte[0], 1));
        Promise<Void> told = Promise.promise();

        on(producer, () -> inlet.endHandler(end -> told.complete()));

        done(told.future());
    }

    @Test
    void a_paused_reader_is_given_as_many_pieces_as_it_fetches() throws Exception {
        StreamOutlet outlet = outlet(1);
        StreamInlet inlet = done(on(producer, () -> streams.inlet(outlet.address())));
        List<Buffer> pieces = new ArrayList<>();
        on(producer, () -> inlet.pause().handler(pieces::add));
        for (int i = 0; i < 10; i++) {
            done(write(outlet, bytes(3, 1500)));
        }
        Future<End> settled = outlet.settled();
        producer.runOnContext(go -> outlet.end());
        wait(50);
        assertThat(pieces).isEmpty();

        on(producer, () -> inlet.fetch(3));
        assertThat(pieces).hasSize(3);

        on(producer, inlet::resume);
        assertThat(done(settled)).isInstanceOf(Complete.class);
        assertThat(pieces).hasSize(10);
    }

    @Test
    void a_reader_that_leaves_does_not_disturb_the_others() throws Exception {
        StreamOutlet outlet = outlet(2);
        Reader leaves = stuckReader(outlet);
        Reader stays = reader(outlet);
        Future<End> settled = send(outlet, IMAGE, 5000);
        leaves.inlet();
        wait(30);

        on(leaves.context, () -> {
            leaves.attached().result().pause().detach();
            return null;
        });

        assertThat(done(settled)).isEqualTo(new Complete(IMAGE.length, Map.of()));
        assertThat(stays.bytes()).isEqualTo(IMAGE);
        assertThat(done(leaves.ended())).isEqualTo(new Cancelled("detached"));
    }

    @Test
    void when_the_last_reader_leaves_the_stream_is_cancelled() throws Exception {
        StreamOutlet outlet = outlet(1);
        Reader reader = stuckReader(outlet);
        Future<End> settled = send(outlet, IMAGE, 5000);
        reader.inlet();

        on(reader.context, () -> {
            reader.attached().result().detach();
            return null;
        });

        assertThat(done(settled)).isEqualTo(new Cancelled("nobody wants the bytes any more"));
    }

    @Test
    void one_reader_too_many_is_refused() throws Exception {
        StreamOutlet outlet = outlet(1);
        reader(outlet).inlet();

        Reader late = reader(outlet);

        assertThatThrownBy(() -> done(late.attached())).hasMessageContaining("has its 1 consumers already");
        done(send(outlet, IMAGE, 5000));
    }

    @Test
    void a_body_that_is_written_byte_by_byte_arrives_in_few_frames() throws Exception {
        StreamOutlet outlet = outlet(1);
        StreamInlet inlet = done(on(producer, () -> streams.inlet(outlet.address())));
        List<Buffer> frames = new ArrayList<>();
        on(producer, () -> inlet.handler(frames::add));
        byte[] body = bytes(5, 50_000);

        assertThat(done(send(outlet, body, 1))).isEqualTo(new Complete(body.length, Map.of()));

        assertThat(frames).hasSizeLessThan(20);
        Buffer all = Buffer.buffer();
        frames.forEach(all::appendBuffer);
        assertThat(all.getBytes()).isEqualTo(body);
    }

    @Test
    void while_a_reader_has_work_what_comes_is_gathered_but_waits_for_no_credit() throws Exception {
        StreamOutlet outlet = outlet(1);
        StreamInlet inlet = done(on(producer, () -> streams.inlet(outlet.address())));
        List<Buffer> frames = new ArrayList<>();
        on(producer, () -> inlet.creditByHand().handler(frames::add));
        done(write(outlet, bytes(6, 500)));

        List<Future<Void>> written = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            written.add(write(outlet, bytes(i, 500)));
        }
        done(Future.all(written));
        until(() -> on(producer, () -> lengthOf(frames)) >= 31 * 500);

        List<Buffer> got = on(producer, () -> List.copyOf(frames));
        assertThat(got.get(0).length()).isEqualTo(500);
        assertThat(lengthOf(got)).isEqualTo(31 * 500);
        assertThat(got).hasSizeLessThan(31);
        on(producer, () -> {
            outlet.cancel("seen enough");
            return null;
        });
    }

    @Test
    void labels_travel_with_the_end() throws Exception {
        StreamOutlet outlet = outlet(1);
        Reader reader = reader(outlet);

        producer.runOnContext(go -> outlet.end(Map.of("part", "rootfs")));

        assertThat(done(reader.ended())).isEqualTo(new Complete(0, Map.of("part", "rootfs")));
        done(outlet.settled());
    }

    @Test
    void buffers_are_handed_over_by_reference_unless_the_wire_form_is_forced() throws Exception {
        StreamOutlet outlet = outlet(1);
        StreamInlet inlet = done(on(producer, () -> streams.inlet(outlet.address())));
        Buffer sent = Buffer.buffer(bytes(4, 2000));
        List<Buffer> got = new ArrayList<>();
        on(producer, () -> inlet.handler(got::add));

        producer.runOnContext(go -> outlet.write(sent).onSuccess(written -> outlet.end()));

        done(outlet.settled());
        assertThat(got.get(0) == sent).isEqualTo(!Boolean.getBoolean(Bus.FORCE_WIRE));
    }

    private static int lengthOf(List<Buffer> frames) {
        return frames.stream().mapToInt(Buffer::length).sum();
    }
}
