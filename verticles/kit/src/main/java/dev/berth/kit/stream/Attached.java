package dev.berth.kit.stream;

import static dev.berth.contract.StreamContract.framesOf;

import dev.berth.contract.StreamContract.Signal;
import dev.berth.wire.StreamFrame;
import dev.berth.wire.StreamFrameCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageProducer;

/** What a producer knows of one consumer of its stream. */
final class Attached {
    private static final DeliveryOptions FRAMES =
            new DeliveryOptions().setLocalOnly(true).setCodecName(StreamFrameCodec.NAME);

    private final long window;
    private final MessageProducer<StreamFrame> frames;
    private long credit;
    private long lastSign = System.nanoTime();

    /** @param attach the signal with which it came; its bytes are the window */
    Attached(Vertx vertx, String address, Signal attach) {
        this.window = attach.bytes();
        this.credit = window;
        this.frames = vertx.eventBus().sender(framesOf(address, attach.consumer()), FRAMES);
    }

    /** Fails when the consumer is gone. */
    Future<Void> send(StreamFrame frame) {
        return frames.write(frame);
    }

    /** Most bytes in flight to it. */
    long window() {
        return window;
    }

    /** Bytes that may still be sent. */
    long credit() {
        return credit;
    }

    void spend(long bytes) {
        credit -= bytes;
    }

    /** A sign of life, and perhaps more credit. */
    void grant(long bytes) {
        credit += bytes;
        lastSign = System.nanoTime();
    }

    /** When it last gave a sign of life, as {@link System#nanoTime}. */
    long lastSign() {
        return lastSign;
    }

    /** Bytes sent and not yet worked off. */
    long inFlight() {
        return window - credit;
    }
}
