package dev.berth.kit.stream;

import static dev.berth.contract.StreamContract.controlOf;
import static dev.berth.contract.StreamContract.framesOf;

import dev.berth.contract.Done;
import dev.berth.contract.StreamContract.Cancelled;
import dev.berth.contract.StreamContract.Complete;
import dev.berth.contract.StreamContract.End;
import dev.berth.contract.StreamContract.Failed;
import dev.berth.contract.StreamContract.Signal;
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
import io.vertx.core.streams.WriteStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The producer's end of a byte stream: a {@link WriteStream} whose queue is full while any consumer has no credit left.
 *
 * <p>Bytes in flight to a consumer never exceed its window: a larger buffer is sent in slices, as credit comes. All
 * methods and handlers run on the context that opened the outlet.
 */
public final class StreamOutlet implements WriteStream<Buffer> {
    private static final int LONGEST_GATHERING_MILLIS = 2;
    private static final DeliveryOptions REPLIES = new DeliveryOptions().setCodecName(RecordCodec.NAME);

    private final Vertx vertx;
    private final Context context;
    private final String address;
    private final int expected;
    private final StreamLimits limits;
    private final StreamMeters meters;
    private final Map<String, Attached> consumers = new HashMap<>();
    private final Backlog backlog = new Backlog();
    private final MessageConsumer<Signal> control;
    private final Promise<Void> attached = Promise.promise();
    private final Promise<End> settled = Promise.promise();
    private final long watch;
    private final long opened = System.nanoTime();

    private boolean sendingSoon;
    private int everAttached;
    private long sent;
    private long stalledSince;
    private End end;
    private StreamBroken broken;
    private Map<String, String> labels;
    private Handler<Void> drainHandler;
    private Handler<Throwable> exceptionHandler;

    StreamOutlet(Vertx vertx, String address, int expected, StreamLimits limits, StreamMeters meters) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.address = address;
        this.expected = expected;
        this.limits = limits;
        this.meters = meters;
        this.control = vertx.eventBus().localConsumer(controlOf(address));
        control.handler(this::hear);
        this.watch = vertx.setPeriodic(limits.signOfLifeMillis(), id -> watch());
        meters.opened();
    }

    public String address() {
        return address;
    }

    /** Completes when all consumers are there; fails when the stream broke before. */
    public Future<Void> attached() {
        return attached.future();
    }

    /**
     * Completes with the one way the stream ended: {@link Complete} once every consumer has worked off every byte,
     * {@link Failed} or {@link Cancelled} as soon as that is known. Never fails.
     */
    public Future<End> settled() {
        return settled.future();
    }

    /** Bytes sent so far. */
    public long sent() {
        return sent;
    }

    /**
     * Sends all of {@code source}, then {@link #end(Map) ends}; when the source fails, the stream fails with its reason.
     * The future is {@link #settled()}.
     */
    public Future<End> drain(ReadStream<Buffer> source, Map<String, String> facts) {
        source.pipe()
                .endOnComplete(false)
                .endOnFailure(false)
                .to(this)
                .onSuccess(done -> end(facts))
                .onFailure(cause -> fail(String.valueOf(cause.getMessage())));
        return settled();
    }

    @Override
    public Future<Void> write(Buffer bytes) {
        if (broken != null) {
            return Future.failedFuture(broken);
        }
        if (labels != null) {
            return Future.failedFuture(new IllegalStateException("the stream was ended before this write"));
        }
        if (bytes.length() == 0) {
            return Future.succeededFuture();
        }
        Future<Void> sending = backlog.add(bytes);
        sendInTime();
        return sending;
    }

    @Override
    public Future<Void> end() {
        return end(Map.of());
    }

    /** Ends the stream as complete. The future completes when all consumers have worked off all bytes. */
    public Future<Void> end(Map<String, String> facts) {
        if (labels == null) {
            labels = Map.copyOf(facts);
            send();
        }
        return settled.future()
                .compose(how -> how.fold(
                        complete -> Future.succeededFuture(),
                        failed -> Future.failedFuture(new StreamBroken(failed)),
                        cancelled -> Future.failedFuture(new StreamBroken(cancelled))));
    }

    /** Ends the stream as failed. Does nothing when it ended already. */
    public void fail(String reason) {
        breakOff(new Failed(reason));
    }

    /** Ends the stream as cancelled. Does nothing when it ended already. */
    public void cancel(String reason) {
        breakOff(new Cancelled(reason));
    }

    /** No effect: the consumers' windows are the queue. */
    @Override
    public StreamOutlet setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return credit() <= backlog.bytes();
    }

    @Override
    public StreamOutlet drainHandler(Handler<Void> handler) {
        drainHandler = handler;
        return this;
    }

    @Override
    public StreamOutlet exceptionHandler(Handler<Throwable> handler) {
        exceptionHandler = handler;
        if (handler != null && broken != null) {
            context.runOnContext(late -> handler.handle(broken));
        }
        return this;
    }

    private void hear(Message<Signal> message) {
        Signal signal = message.body();
        switch (signal.kind()) {
            case ATTACH -> attach(message);
            case CREDIT -> credit(signal);
            case SETTLED -> settle(signal);
            case DETACH -> leave(message, () -> detach(signal.consumer()));
            case ABORT -> leave(message, () -> abort(signal));
        }
    }

    /** The answer tells the reader that nothing more is on its way to it, so that it may stop listening. */
    private void leave(Message<Signal> message, Runnable how) {
        how.run();
        message.reply(Done.DONE, REPLIES);
    }

    private void abort(Signal signal) {
        Attached gone = consumers.remove(signal.consumer());
        meters.inFlight(gone == null ? 0 : -gone.inFlight());
        breakOff(new Failed(signal.reason()));
    }

    private void attach(Message<Signal> message) {
        if (end != null || everAttached == expected) {
            message.fail(409, "the stream has its " + expected + " consumers already");
            return;
        }
        everAttached++;
        Signal signal = message.body();
        consumers.put(signal.consumer(), new Attached(vertx, address, signal));
        message.reply(Done.DONE, REPLIES);
        if (everAttached == expected) {
            attached.tryComplete();
            progress();
        }
    }

    private void credit(Signal signal) {
        Attached consumer = consumers.get(signal.consumer());
        if (consumer != null) {
            consumer.grant(signal.bytes());
            meters.inFlight(-signal.bytes());
            progress();
        }
    }

    private void settle(Signal signal) {
        Attached consumer = consumers.remove(signal.consumer());
        if (consumer != null) {
            meters.inFlight(-consumer.inFlight());
            settleWhenAllDid();
        }
    }

    private void detach(String name) {
        Attached consumer = consumers.remove(name);
        if (consumer == null) {
            return;
        }
        meters.inFlight(-consumer.inFlight());
        if (consumers.isEmpty() && everAttached == expected && end == null) {
            breakOff(new Cancelled("nobody wants the bytes any more"));
        } else {
            settleWhenAllDid();
            progress();
        }
    }

    private void progress() {
        if (stalledSince != 0 || labels != null || backlog.bytes() >= enough()) {
            send();
        }
        if (!writeQueueFull() && drainHandler != null) {
            drainHandler.handle(null);
        }
    }

    /**
     * Each frame costs a hand-over to every reader and back, and memory that no credit counts. So the pieces of one turn go
     * out together, and while readers have work, what comes waits for more, but never long.
     */
    private void sendInTime() {
        if (backlog.bytes() >= enough()) {
            send();
        } else if (!sendingSoon) {
            sendingSoon = true;
            context.runOnContext(turn -> sendUnlessReadersHaveWork());
        }
    }

    private void sendUnlessReadersHaveWork() {
        if (readersAreIdle()) {
            sendNow();
        } else {
            vertx.setTimer(LONGEST_GATHERING_MILLIS, late -> sendNow());
        }
    }

    private void sendNow() {
        sendingSoon = false;
        send();
    }

    private boolean readersAreIdle() {
        return consumers.values().stream().allMatch(consumer -> consumer.inFlight() == 0);
    }

    /** A quarter of the smallest window, so that a reader has work while the next frame is gathered. */
    private long enough() {
        long least = Pending.MOST_GATHERED;
        for (Attached consumer : consumers.values()) {
            least = Math.min(least, consumer.window() / 4);
        }
        return least;
    }

    /** Sends what credit allows, and the end after the last byte. */
    private void send() {
        while (!backlog.isEmpty()) {
            int allowed = (int) Math.min(Integer.MAX_VALUE, credit());
            if (allowed == 0) {
                stalledSince = stalledSince == 0 ? System.nanoTime() : stalledSince;
                return;
            }
            sendSome(allowed);
        }
        if (labels != null && end == null && everAttached == expected) {
            end = new Complete(sent, labels);
            sendToAll(new StreamFrame.Ended(end));
            settleWhenAllDid();
        }
    }

    private void sendSome(int allowed) {
        if (stalledSince != 0) {
            meters.stalled(System.nanoTime() - stalledSince);
            stalledSince = 0;
        }
        Buffer slice = backlog.take(allowed);
        long offset = sent;
        sent += slice.length();
        meters.written(slice.length());
        for (Attached consumer : consumers.values()) {
            consumer.spend(slice.length());
            meters.inFlight(slice.length());
        }
        sendToAll(new StreamFrame.Chunk(offset, slice));
        if (broken == null) {
            backlog.sent();
        }
    }

    /** A reader that is gone breaks the stream while it is being told, so the round is over a copy. */
    private void sendToAll(StreamFrame frame) {
        for (Attached consumer : List.copyOf(consumers.values())) {
            consumer.send(frame).onFailure(gone -> breakOff(new Failed("a reader of the stream is gone")));
        }
    }

    /** The smallest credit of all consumers; none before all are there. */
    private long credit() {
        if (everAttached < expected) {
            return 0;
        }
        long least = Long.MAX_VALUE;
        for (Attached consumer : consumers.values()) {
            least = Math.min(least, consumer.credit());
        }
        return least;
    }

    private void watch() {
        long now = System.nanoTime();
        if (everAttached < expected && isSilent(opened, now)) {
            breakOff(new Failed("only " + everAttached + " of " + expected + " readers of the stream came"));
        } else if (consumers.values().stream().anyMatch(consumer -> isSilent(consumer.lastSign(), now))) {
            breakOff(new Failed("a reader of the stream gave no sign of life for " + limits.silence().toSeconds() + " s"));
        } else if (end == null) {
            // After the end a reader leaves when it is done: what is sent then would find nobody, as if it had died.
            sendToAll(StreamFrame.Alive.ALIVE);
        }
    }

    private boolean isSilent(long since, long now) {
        return now - since > limits.silence().toNanos();
    }

    /** The first reason stands: readers that are gone when they are told do not replace it. */
    private void breakOff(End how) {
        if (broken != null || settled.future().isComplete()) {
            return;
        }
        broken = new StreamBroken(how);
        end = how;
        sendToAll(new StreamFrame.Ended(how));
        consumers.values().forEach(consumer -> meters.inFlight(-consumer.inFlight()));
        consumers.clear();
        attached.tryFail(broken);
        backlog.fail(broken);
        close();
        if (exceptionHandler != null) {
            exceptionHandler.handle(broken);
        }
    }

    private void settleWhenAllDid() {
        if (end instanceof Complete && consumers.isEmpty() && !settled.future().isComplete()) {
            close();
        }
    }

    private void close() {
        vertx.cancelTimer(watch);
        control.unregister();
        meters.ended();
        settled.tryComplete(end);
    }
}
