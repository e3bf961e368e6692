package dev.berth.kit.stream;

import static dev.berth.contract.StreamContract.controlOf;
import static dev.berth.contract.StreamContract.framesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.Done;
import dev.berth.contract.StreamContract.Cancelled;
import dev.berth.contract.StreamContract.Complete;
import dev.berth.contract.StreamContract.End;
import dev.berth.contract.StreamContract.Failed;
import dev.berth.contract.StreamContract.Signal;
import dev.berth.contract.StreamContract.SignalKind;
import dev.berth.wire.RecordCodec;
import dev.berth.wire.StreamFrame;
import dev.berth.wire.StreamFrameCodec;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** However a stream breaks, everybody learns it once, with the first reason, and nobody takes it for complete. */
final class StreamBreakTest extends StreamFixture {
    private static final byte[] IMAGE = bytes(1, 500_000);
    private static final DeliveryOptions RECORDS = new DeliveryOptions().setCodecName(RecordCodec.NAME);
    private static final DeliveryOptions FRAMES =
            new DeliveryOptions().setLocalOnly(true).setCodecName(StreamFrameCodec.NAME);

    @Test
    void a_producer_that_fails_in_the_middle_tells_every_reader_why() throws Exception {
        StreamOutlet outlet = outlet(2);
        List<Reader> readers = List.of(reader(outlet), slowReader(outlet, 2));
        write(outlet, IMAGE);
        wait(20);

        producer.runOnContext(go -> outlet.fail("the client went away"));

        assertThat(done(outlet.settled())).isEqualTo(new Failed("the client went away"));
        for (Reader reader : readers) {
            assertThat(done(reader.ended())).isEqualTo(new Failed("the client went away"));
            assertThat(done(reader.exceptionHandler.future())).hasMessage("the client went away");
            assertThat(reader.endHandler.future().isComplete()).isFalse();
        }
    }

    @Test
    void a_cancelled_stream_is_cancelled_for_everybody_and_only_once() throws Exception {
        StreamOutlet outlet = outlet(1);
        Reader reader = reader(outlet);
        Future<Void> writing = write(outlet, IMAGE);

        producer.runOnContext(go -> {
            outlet.cancel("changed my mind");
            outlet.fail("too late");
            outlet.end();
        });

        assertThat(done(outlet.settled())).isEqualTo(new Cancelled("changed my mind"));
        assertThat(done(reader.ended())).isEqualTo(new Cancelled("changed my mind"));
        assertThat(writing.isComplete()).isTrue();
    }

    @Test
    void a_reader_that_aborts_under_full_flow_gives_its_reason_to_all() throws Exception {
        StreamOutlet outlet = outlet(2);
        Reader aborts = reader(outlet);
        Reader other = reader(outlet);
        Future<End> settled = send(outlet, bytes(2, 20_000_000), 3000);
        aborts.inlet();

        on(aborts.context, () -> {
            aborts.attached().result().abort("no space left");
            return null;
        });

        assertThat(done(settled)).isEqualTo(new Failed("no space left"));
        assertThat(done(other.ended())).isEqualTo(new Failed("no space left"));
        assertThat(done(aborts.ended())).isEqualTo(new Failed("no space left"));
    }

    @Test
    void an_abort_after_the_last_byte_still_breaks_the_stream() throws Exception {
        StreamOutlet outlet = outlet(1);
        Reader reader = stuckReader(outlet);
        Future<End> settled = send(outlet, bytes(2, 1000), 1000);
        reader.inlet();
        wait(30);

        on(reader.context, () -> {
            reader.attached().result().abort("could not write it");
            return null;
        });

        assertThat(done(settled)).isEqualTo(new Failed("could not write it"));
        assertThat(reader.endHandler.future().isComplete()).isFalse();
    }

    @Test
    void a_reader_that_left_can_still_stop_the_stream() throws Exception {
        StreamOutlet outlet = outlet(2);
        Reader left = reader(outlet);
        Reader other = reader(outlet);
        done(outlet.attached());
        on(left.context, () -> {
            left.attached().result().detach();
            return null;
        });
        done(left.ended());
        done(write(outlet, bytes(2, 1000)));

        on(left.context, () -> {
            left.attached().result().abort("what it read was no image");
            return null;
        });

        assertThat(done(outlet.settled())).isEqualTo(new Failed("what it read was no image"));
        assertThat(done(other.ended())).isEqualTo(new Failed("what it read was no image"));
        assertThat(done(left.ended())).isEqualTo(new Cancelled("detached"));
    }

    @Test
    void a_reader_whose_verticle_is_undeployed_breaks_the_stream_for_the_others() throws Exception {
        StreamOutlet outlet = outlet(2);
        Reader other = reader(outlet);
        String dying = done(vertx.deployVerticle(new AbstractVerticle() {
            @Override
            public void start() {
                streams.inlet(outlet.address()).onSuccess(inlet -> inlet.creditByHand().handler(bytes -> {}));
            }
        }));
        done(outlet.attached());
        Future<End> settled = send(outlet, IMAGE, 3000);
        wait(20);

        done(vertx.undeploy(dying));

        assertThat(done(settled)).isEqualTo(new Failed("a reader of the stream is gone"));
        assertThat(done(other.ended())).isEqualTo(new Failed("a reader of the stream is gone"));
    }

    @Test
    void a_reader_that_throws_breaks_the_stream() throws Exception {
        StreamOutlet outlet = outlet(1);
        StreamInlet inlet = done(on(producer, () -> streams.inlet(outlet.address())));
        on(producer, () -> inlet.handler(bytes -> {
            throw new IllegalStateException("bad bytes");
        }));

        Future<End> settled = send(outlet, IMAGE, 3000);

        assertThat(done(settled)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                .contains("bad bytes"));
    }

    @Test
    void a_reader_that_gives_no_sign_of_life_is_given_up() throws Exception {
        streams = impatient;
        StreamOutlet outlet = outlet(1);
        vertx.eventBus().localConsumer(framesOf(outlet.address(), "dead"), frame -> {});
        done(vertx.eventBus()
                .request(controlOf(outlet.address()), new Signal(SignalKind.ATTACH, "dead", WINDOW, ""), RECORDS));

        Future<End> settled = send(outlet, IMAGE, 3000);

        assertThat(done(settled)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                .startsWith("a reader of the stream gave no sign of life for"));
    }

    @Test
    void a_slow_reader_that_gives_signs_of_life_is_not_given_up() throws Exception {
        streams = impatient;
        StreamOutlet outlet = outlet(1);
        Reader slow = slowReader(outlet, (int) SILENCE.toMillis() * 2);

        Future<End> settled = send(outlet, bytes(2, WINDOW / 2), 1 << 20);

        assertThat(done(settled)).isInstanceOf(Complete.class);
        assertThat(slow.received).hasValue(WINDOW / 2);
    }

    @Test
    void after_the_end_nothing_is_sent_that_might_miss_a_reader_who_just_left() throws Exception {
        streams = impatient;
        StreamOutlet outlet = outlet(1);
        List<StreamFrame> frames = new ArrayList<>();
        vertx.eventBus().<StreamFrame>localConsumer(framesOf(outlet.address(), "patient"), frame -> frames.add(frame.body()));
        done(vertx.eventBus()
                .request(controlOf(outlet.address()), new Signal(SignalKind.ATTACH, "patient", WINDOW, ""), RECORDS));

        Future<End> settled = send(outlet, bytes(2, 100), 100);
        wait((int) SILENCE.toMillis() * 2 / 3);
        vertx.eventBus().send(controlOf(outlet.address()), new Signal(SignalKind.SETTLED, "patient", 0, ""), RECORDS);

        assertThat(done(settled)).isInstanceOf(Complete.class);
        assertThat(frames).last().isInstanceOf(StreamFrame.Ended.class);
    }

    @Test
    void a_stream_whose_readers_never_come_is_given_up() throws Exception {
        streams = impatient;
        StreamOutlet outlet = outlet(2);
        Reader only = reader(outlet);

        assertThat(done(outlet.settled())).isEqualTo(new Failed("only 1 of 2 readers of the stream came"));
        assertThat(done(only.ended())).isInstanceOf(Failed.class);
        assertThat(outlet.attached().failed()).isTrue();
    }

    @Test
    void an_idle_producer_keeps_its_readers() throws Exception {
        streams = impatient;
        StreamOutlet outlet = outlet(1);
        Reader reader = reader(outlet);
        reader.inlet();

        wait((int) SILENCE.toMillis() * 2);

        assertThat(reader.ended().isComplete()).isFalse();
        assertThat(done(send(outlet, IMAGE, 5000))).isInstanceOf(Complete.class);
    }

    @Test
    void a_producer_that_falls_silent_is_given_up() throws Exception {
        streams = impatient;
        Reader reader = new Reader(newContext());
        pretendToProduce("silent", List.of());
        on(reader.context, () -> {
            reader.attach(streams.inlet("silent"));
            return null;
        });

        assertThat(done(reader.ended())).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                .startsWith("the sender of the stream was silent"));
    }

    @Test
    void a_lost_frame_is_noticed() throws Exception {
        assertThat(endOf("lossy", new StreamFrame.Chunk(0, Buffer.buffer("0123")), new StreamFrame.Chunk(8, Buffer.buffer("89"))))
                .isEqualTo(new Failed("bytes were lost on the way: expected offset 4, got 8"));
    }

    @Test
    void a_doubled_frame_is_noticed() throws Exception {
        StreamFrame frame = new StreamFrame.Chunk(0, Buffer.buffer("0123"));

        assertThat(endOf("doubling", frame, frame))
                .isEqualTo(new Failed("bytes were lost on the way: expected offset 4, got 0"));
    }

    @Test
    void a_short_body_never_ends_as_complete() throws Exception {
        assertThat(endOf(
                        "short",
                        new StreamFrame.Chunk(0, Buffer.buffer("0123")),
                        new StreamFrame.Ended(new Complete(5, Map.of()))))
                .isEqualTo(new Failed("the stream is shorter than its end says: expected 5 bytes, got 4"));
    }

    @Test
    void a_break_without_a_reason_is_no_good_end_for_a_decoder() throws Exception {
        StreamOutlet outlet = outlet(1);
        StreamInput input = done(on(
                producer, () -> streams.inlet(outlet.address()).map(inlet -> new StreamInput(producer, inlet))));

        producer.runOnContext(go -> outlet.fail(""));

        assertThatThrownBy(input::read).isInstanceOf(IOException.class);
    }

    @Test
    void a_stream_that_is_not_there_cannot_be_read() throws Exception {
        Reader reader = new Reader(newContext());
        on(reader.context, () -> {
            reader.attach(streams.inlet("nowhere"));
            return null;
        });

        assertThatThrownBy(() -> done(reader.attached())).hasMessageContaining("nowhere");
    }

    @Test
    void handlers_that_are_set_after_a_break_are_told() throws Exception {
        StreamOutlet outlet = outlet(1);
        StreamInlet inlet = done(on(producer, () -> streams.inlet(outlet.address())));
        producer.runOnContext(go -> outlet.fail("broke early"));
        done(inlet.ended());
        Promise<Throwable> atReader = Promise.promise();
        Promise<Throwable> atProducer = Promise.promise();

        on(producer, () -> inlet.exceptionHandler(atReader::complete));
        on(producer, () -> outlet.exceptionHandler(atProducer::complete));

        assertThat(done(atReader.future())).hasMessage("broke early");
        assertThat(done(atProducer.future())).hasMessage("broke early");
    }

    /** Attaches to a producer that sends just these frames; answers how the stream ended. */
    private End endOf(String address, StreamFrame... frames) throws Exception {
        Reader reader = new Reader(newContext());
        Future<Signal> aborted = pretendToProduce(address, List.of(frames));
        on(reader.context, () -> {
            reader.attach(streams.inlet(address));
            return null;
        });
        End end = done(reader.ended());
        done(aborted);
        assertThat(reader.endHandler.future().isComplete()).isFalse();
        return end;
    }

    /** Sends these frames to who attaches; completes when that one aborts. */
    private Future<Signal> pretendToProduce(String address, List<StreamFrame> frames) {
        Promise<Signal> aborted = Promise.promise();
        vertx.eventBus().<Signal>localConsumer(controlOf(address), message -> {
            if (message.body().kind() == SignalKind.ABORT) {
                aborted.tryComplete(message.body());
            }
            if (message.body().kind() == SignalKind.ATTACH) {
                message.reply(Done.DONE, RECORDS);
                frames.forEach(frame ->
                        vertx.eventBus().send(framesOf(address, message.body().consumer()), frame, FRAMES));
            } else if (message.replyAddress() != null) {
                message.reply(Done.DONE, RECORDS);
            }
        });
        return aborted.future();
    }
}
