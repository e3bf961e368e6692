package dev.berth.kit.stream;

import dev.berth.contract.StreamContract.End;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicLong;

/** A consumer that remembers everything it met. Credits as it is told, by default at once. */
final class Reader {
    final Context context;
    final AtomicLong received = new AtomicLong();
    final AtomicLong mostUnworked = new AtomicLong();
    final Promise<End> ended = Promise.promise();
    final Promise<Void> endHandler = Promise.promise();
    final Promise<Throwable> exceptionHandler = Promise.promise();
    private final Buffer bytes = Buffer.buffer();
    private final Promise<StreamInlet> attached = Promise.promise();
    private boolean byHand;
    private long worked;
    private int delayMillis;

    Reader(Context context) {
        this.context = context;
    }

    /** From now on nothing is credited. */
    Reader thatNeverCredits() {
        byHand = true;
        return this;
    }

    /** Works off each piece after a while. */
    Reader slow(int millis) {
        byHand = true;
        delayMillis = millis;
        return this;
    }

    void attach(Future<StreamInlet> inlet) {
        inlet.onSuccess(this::listen).onComplete(attached);
    }

    Future<StreamInlet> attached() {
        return attached.future();
    }

    StreamInlet inlet() throws Exception {
        return StreamFixture.done(attached.future());
    }

    Future<End> ended() {
        return ended.future();
    }

    byte[] bytes() {
        return StreamFixture.on(context, bytes::getBytes);
    }

    private void listen(StreamInlet inlet) {
        if (byHand) {
            inlet.creditByHand();
        }
        inlet.ended().onComplete(ended);
        inlet.endHandler(end -> endHandler.complete());
        inlet.exceptionHandler(exceptionHandler::complete);
        inlet.handler(piece -> take(inlet, piece));
    }

    private void take(StreamInlet inlet, Buffer piece) {
        bytes.appendBuffer(piece);
        received.addAndGet(piece.length());
        mostUnworked.accumulateAndGet(received.get() - worked, Math::max);
        if (delayMillis > 0) {
            context.owner().setTimer(delayMillis, later -> work(inlet, piece.length()));
        } else if (!byHand) {
            worked += piece.length();
        }
    }

    private void work(StreamInlet inlet, int length) {
        worked += length;
        inlet.workedOff(length);
    }
}
