package dev.berth.kit.stream;

import static dev.berth.contract.StreamContract.controlOf;
import static dev.berth.contract.StreamContract.framesOf;

import dev.berth.contract.StreamContract.Cancelled;
import dev.berth.contract.StreamContract.Complete;
import dev.berth.contract.StreamContract.End;
import dev.berth.contract.StreamContract.Failed;
import dev.berth.contract.StreamContract.Signal;
import dev.berth.contract.StreamContract.SignalKind;
import dev.berth.wire.RecordCodec;
import dev.berth.wire.StreamFrame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.function.IntSupplier;

/**
 * A consumer's end of a byte stream.
 *
 * <p>Credit: normally bytes count as worked off when the handler returns. After {@link #creditByHand()} the consumer
 * says so itself with {@link #workedOff}, for instance when its worker thread is done with them.
 *
 * <p>The end handler runs only for a complete stream of exactly the promised length; everything else goes to the
 * exception handler as {@link StreamBroken}. All methods and handlers run on the context that attached the inlet.
 */
public final class StreamInlet implements ReadStream<Buffer> {
    private static final DeliveryOptions SIGNALS =
            new DeliveryOptions().setLocalOnly(true).setCodecName(RecordCodec.NAME);

    private final Vertx vertx;
    private final Context context;
    private final String address;
    private final String name = UUID.randomUUID().toString();
    private final StreamLimits limits;
    private final IntSupplier window;
    private final MessageConsumer<StreamFrame> frames;
    private final Deque<Buffer> queue = new ArrayDeque<>();
    private final Promise<End> ended = Promise.promise();
    private final long watch;

    private Handler<Buffer> handler;
    private Handler<Void> endHandler;
    private Handler<Throwable> exceptionHandler;
    private long demand = Long.MAX_VALUE;
    private boolean creditByHand;
    private boolean delivering;
    private boolean told;
    private boolean detached;
    private long received;
    private long workedOff;
    private int widest;
    /** Of what the producer may have sent, what is not worked off yet. */
    private long granted;
    private long lastFrame = System.nanoTime();
    private End end;

    /** @param window most bytes in flight to it, as things are now: it shrinks when streams become many */
    StreamInlet(Vertx vertx, String address, StreamLimits limits, IntSupplier window) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.address = address;
        this.limits = limits;
        this.window = window;
        this.frames = vertx.eventBus().localConsumer(framesOf(address, name));
        frames.handler(message -> take(message.body()));
        this.watch = vertx.setPeriodic(limits.signOfLifeMillis(), id -> watch());
    }

    Future<Message<Object>> attach() {
        widest = window.getAsInt();
        granted = widest;
        Signal signal = new Signal(SignalKind.ATTACH, name, granted, "");
        return vertx.eventBus()
                .request(controlOf(address), signal, SIGNALS)
                .onFailure(gone -> stopListening(new Failed("no such stream: " + gone.getMessage())));
    }

    /** Completes with the one way the stream ended, after every byte before it was worked off. Never fails. */
    public Future<End> ended() {
        return ended.future();
    }

    /** From now on bytes count as worked off only when {@link #workedOff} says so. */
    public StreamInlet creditByHand() {
        creditByHand = true;
        return this;
    }

    /** Says that {@code bytes} of those handed to the handler are worked off. */
    public void workedOff(long bytes) {
        if (ended.future().isComplete()) {
            return;
        }
        workedOff += bytes;
        grant(bytes);
        settleWhenDone();
    }

    /** Leaves: the stream goes on for the others. {@link #ended()} completes as cancelled. */
    public void detach() {
        detached |= !ended.future().isComplete();
        leave(SignalKind.DETACH, new Cancelled("detached"));
    }

    /** Stops the whole stream for everybody; one that has left by {@link #detach} can still do so. */
    public void abort(String reason) {
        if (detached) {
            signal(SignalKind.ABORT, 0, reason);
        } else {
            leave(SignalKind.ABORT, new Failed(reason));
        }
    }

    @Override
    public StreamInlet handler(Handler<Buffer> bytes) {
        handler = bytes;
        deliver();
        return this;
    }

    @Override
    public StreamInlet endHandler(Handler<Void> atEnd) {
        endHandler = atEnd;
        runLate(this::tellEnd);
        return this;
    }

    @Override
    public StreamInlet exceptionHandler(Handler<Throwable> atFailure) {
        exceptionHandler = atFailure;
        runLate(this::tellEnd);
        return this;
    }

    @Override
    public StreamInlet pause() {
        demand = 0;
        return this;
    }

    @Override
    public StreamInlet resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public StreamInlet fetch(long amount) {
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        deliver();
        return this;
    }

    private void take(StreamFrame frame) {
        lastFrame = System.nanoTime();
        if (ended.future().isComplete()) {
            return;
        }
        if (frame instanceof StreamFrame.Chunk chunk) {
            takeChunk(chunk);
        } else if (frame instanceof StreamFrame.Ended last) {
            takeEnd(last.end());
        }
    }

    private void takeChunk(StreamFrame.Chunk chunk) {
        if (chunk.offset() != received) {
            abort("bytes were lost on the way: expected offset " + received + ", got " + chunk.offset());
            return;
        }
        received += chunk.bytes().length();
        queue.add(chunk.bytes());
        deliver();
    }

    private void takeEnd(End last) {
        if (last instanceof Complete complete && complete.length() != received) {
            abort("the stream is shorter than its end says: expected " + complete.length() + " bytes, got " + received);
            return;
        }
        end = last;
        if (last instanceof Complete) {
            deliver();
            settleWhenDone();
        } else {
            stopListening(last);
        }
    }

    private void deliver() {
        if (delivering || handler == null) {
            return;
        }
        delivering = true;
        try {
            while (demand > 0 && !queue.isEmpty() && !ended.future().isComplete()) {
                handOver(queue.poll());
            }
        } finally {
            delivering = false;
        }
        settleWhenDone();
    }

    private void handOver(Buffer bytes) {
        demand -= demand == Long.MAX_VALUE ? 0 : 1;
        handle(bytes);
        if (!creditByHand) {
            workedOff(bytes.length());
        }
    }

    /** A reader that throws cannot go on: without this its window would stay closed and the producer wait in vain. */
    private void handle(Buffer bytes) {
        try {
            handler.handle(bytes);
        } catch (RuntimeException e) {
            abort("a reader of the stream broke: " + e);
            throw e;
        }
    }

    /** Grants what is free in the window, in steps of an eighth of it: few signals, and never a standstill. */
    private void grant(long bytes) {
        granted -= bytes;
        long most = Math.min(widest, window.getAsInt());
        long free = most - granted;
        if (free * 8 >= most) {
            signal(SignalKind.CREDIT, free, "");
            granted = most;
        }
    }

    private void settleWhenDone() {
        if (end instanceof Complete && workedOff == received && !ended.future().isComplete()) {
            signal(SignalKind.SETTLED, 0, "");
            stopListening(end);
        }
    }

    /** Goes on listening until the producer knows, so that what is on its way is not taken for a dead reader. */
    private void leave(SignalKind kind, End how) {
        if (ended.future().isComplete()) {
            return;
        }
        vertx.eventBus()
                .request(controlOf(address), new Signal(kind, name, 0, reasonOf(how)), SIGNALS)
                .onComplete(known -> frames.unregister());
        finish(how);
    }

    private static String reasonOf(End how) {
        return new StreamBroken(how).getMessage();
    }

    private void watch() {
        long quiet = (System.nanoTime() - lastFrame) / 1_000_000;
        if (quiet > limits.silence().toMillis() && end == null) {
            abort("the sender of the stream was silent for " + quiet / 1000 + " s");
        } else {
            signal(SignalKind.CREDIT, 0, "");
        }
    }

    private void signal(SignalKind kind, long bytes, String reason) {
        vertx.eventBus().send(controlOf(address), new Signal(kind, name, bytes, reason), SIGNALS);
    }

    private void stopListening(End how) {
        frames.unregister();
        finish(how);
    }

    private void finish(End how) {
        if (ended.future().isComplete()) {
            return;
        }
        end = how;
        queue.clear();
        vertx.cancelTimer(watch);
        ended.complete(how);
        tellEnd();
    }

    /** Tells the one handler that fits, once. */
    private void tellEnd() {
        Handler<Void> atEnd = endHandler;
        Handler<Throwable> atFailure = exceptionHandler;
        if (told || !ended.future().isComplete()) {
            return;
        }
        if (end instanceof Complete && atEnd != null) {
            told = true;
            atEnd.handle(null);
        } else if (!(end instanceof Complete) && atFailure != null) {
            told = true;
            atFailure.handle(new StreamBroken(end));
        }
    }

    /** A handler that is set after the end is told on its own turn, as if the end had come just then. */
    private void runLate(Runnable tell) {
        if (ended.future().isComplete()) {
            context.runOnContext(turn -> tell.run());
        }
    }
}
