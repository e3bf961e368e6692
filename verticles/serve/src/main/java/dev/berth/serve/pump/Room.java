package dev.berth.serve.pump;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;

/** How much memory the parts of one event loop may take, and who waits for some. Used on that loop. */
final class Room {
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private final Vertx vertx;
    private final long most;
    private final long patienceMillis;
    private final PartMeters meters;
    private long used;

    private record Waiter(long bytes, Promise<Void> turn) {}

    /**
     * @param most bytes
     * @param patienceMillis how long somebody may wait for their turn
     */
    Room(Vertx vertx, long most, long patienceMillis, PartMeters meters) {
        this.vertx = vertx;
        this.most = most;
        this.patienceMillis = patienceMillis;
        this.meters = meters;
    }

    /** Half is for large parts; the other half lets many readers go on with small ones. */
    boolean isTight() {
        return used > most / 2;
    }

    long most() {
        return most;
    }

    /**
     * Completes when {@code bytes} are reserved: at once, or in its turn when others have given some back. Refused with
     * UNAVAILABLE when that takes too long.
     */
    Future<Void> take(long bytes) {
        if (waiting.isEmpty() && used + bytes <= most) {
            reserve(bytes);
            return Future.succeededFuture();
        }
        Waiter waiter = new Waiter(bytes, Promise.promise());
        waiting.add(waiter);
        meters.waiting(1);
        long timer = vertx.setTimer(patienceMillis, late -> giveUp(waiter));
        return waiter.turn.future().onComplete(ended -> vertx.cancelTimer(timer));
    }

    private void giveUp(Waiter waiter) {
        if (waiting.remove(waiter)) {
            meters.waiting(-1);
            String text = "expected memory to send with within " + patienceMillis / 1000 + " s, but other downloads hold it;"
                    + " try again in a moment";
            waiter.turn.fail(new RefusedException(new Refused(Refused.Reason.UNAVAILABLE, text)));
            letIn();
        }
    }

    void giveBack(long bytes) {
        reserve(-bytes);
        letIn();
    }

    private void letIn() {
        while (!waiting.isEmpty() && used + waiting.peek().bytes <= most) {
            Waiter next = waiting.poll();
            meters.waiting(-1);
            reserve(next.bytes);
            next.turn.complete();
        }
    }

    private void reserve(long bytes) {
        used += bytes;
        meters.used(bytes);
    }
}
