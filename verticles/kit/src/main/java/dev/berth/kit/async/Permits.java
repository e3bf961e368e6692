package dev.berth.kit.async;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * A fixed number of permits, given out in the order in which they were asked for. Belongs to one context: all methods
 * are called there.
 */
public final class Permits {
    private final int most;
    private final int mostWaiting;
    private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
    private int taken;

    /**
     * @param most given out at once, at least 1
     * @param mostWaiting who may wait; more are turned away
     */
    public Permits(int most, int mostWaiting) {
        if (most < 1 || mostWaiting < 0) {
            throw new IllegalArgumentException("permits must be at least 1 and waiters at least 0, got " + most + " and " + mostWaiting);
        }
        this.most = most;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Runs {@code work} with a permit, which comes back when its future ends, however it ends. Fails with
     * {@link TooManyWaiting} when the queue is full.
     */
    public <T> Future<T> hold(Supplier<Future<T>> work) {
        return acquire().compose(mine -> started(work).eventually(this::giveBack));
    }

    /** Nobody holds a permit and nobody waits for one. */
    public boolean isIdle() {
        return taken == 0 && waiting.isEmpty();
    }

    private Future<Void> acquire() {
        if (taken < most) {
            taken++;
            return Future.succeededFuture();
        }
        if (waiting.size() >= mostWaiting) {
            return Future.failedFuture(new TooManyWaiting(waiting.size()));
        }
        Promise<Void> turn = Promise.promise();
        waiting.add(turn);
        return turn.future();
    }

    private Future<Void> giveBack() {
        Promise<Void> next = waiting.poll();
        if (next == null) {
            taken--;
        } else {
            next.complete();
        }
        return Future.succeededFuture();
    }

    private static <T> Future<T> started(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
