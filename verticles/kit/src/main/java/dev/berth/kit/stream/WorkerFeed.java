package dev.berth.kit.stream;

import dev.berth.kit.async.ToldInOrder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Feeds what arrives on an event loop to one worker at a time, in order. A worker that is done with a batch takes the next
 * one by itself: if it had to wait for a turn of the loop each time, it would idle for as long as the loop is busy.
 *
 * <p>Bounded by the window of the stream whose bytes these are. All methods run on one context.
 */
final class WorkerFeed {
    /**
     * Bytes; then others may have the worker, because streams can be more than workers. The next turn waits for the loop and for
     * another worker to wake: with a third of this, an upload of 1 GiB takes a twentieth longer.
     */
    private static final long MOST_PER_TURN = 48L << 20;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final int mostPerBatch;
    private final Consumer consumer;
    private final Deque<Buffer> waiting = new ArrayDeque<>();
    private final List<Promise<Void>> waitingForIdle = new ArrayList<>();
    private boolean taken;
    private int turns;

    /** Who works the bytes off. */
    interface Consumer {
        /** On a worker. When it throws, nothing more is fed. */
        void work(List<Buffer> batch, int bytes) throws Exception;

        /** On the context, at most once. */
        void broke(Throwable cause);
    }

    /** @param mostPerBatch bytes in one batch, unless a single buffer is larger */
    WorkerFeed(Vertx vertx, WorkerExecutor workers, int mostPerBatch, Consumer consumer) {
        this.vertx = vertx;
        this.workers = workers;
        this.mostPerBatch = mostPerBatch;
        this.consumer = consumer;
    }

    /** Takes the next bytes. */
    void add(Buffer bytes) {
        synchronized (waiting) {
            waiting.add(bytes);
            if (taken) {
                return;
            }
            taken = true;
        }
        begin();
    }

    /** Forgets what waits; a batch under way is still worked off. */
    void clear() {
        synchronized (waiting) {
            waiting.clear();
        }
    }

    /** Completes when no worker is at work, nor will be unless more is added. Never fails. */
    Future<Void> idle() {
        Promise<Void> idle = Promise.promise();
        waitingForIdle.add(idle);
        tellIdle();
        return idle.future();
    }

    private void begin() {
        turns++;
        ToldInOrder.run(vertx, workers, this::turn).onComplete(this::ended, this::broke);
    }

    /** On a worker. Answers whether there may be more to do. */
    private boolean turn() throws Exception {
        for (long done = 0; done < MOST_PER_TURN; ) {
            List<Buffer> batch = next();
            if (batch.isEmpty()) {
                return false;
            }
            int bytes = batch.stream().mapToInt(Buffer::length).sum();
            consumer.work(batch, bytes);
            done += bytes;
        }
        return true;
    }

    /** Nothing, and then the worker is free in that same moment, so that whoever adds more finds another. */
    private List<Buffer> next() {
        List<Buffer> batch = new ArrayList<>();
        synchronized (waiting) {
            int bytes = 0;
            while (!waiting.isEmpty() && (bytes == 0 || bytes + waiting.peek().length() <= mostPerBatch)) {
                bytes += waiting.peek().length();
                batch.add(waiting.poll());
            }
            taken = bytes > 0;
        }
        return batch;
    }

    private void ended(boolean more) {
        turns--;
        if (more) {
            begin();
        }
        tellIdle();
    }

    /** What is taken stays taken, so that nobody goes on. */
    private void broke(Throwable cause) {
        turns--;
        clear();
        consumer.broke(cause);
        tellIdle();
    }

    private void tellIdle() {
        if (turns == 0) {
            List<Promise<Void>> told = List.copyOf(waitingForIdle);
            waitingForIdle.clear();
            told.forEach(Promise::complete);
        }
    }
}
