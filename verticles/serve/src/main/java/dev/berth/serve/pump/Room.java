package dev.berth.serve.pump;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;

/** How much memory the parts of one event loop may take, and who waits for some. Used on that loop. */
final class Room {
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private final long most;
    private final PartMeters meters;
    private long used;

    private record Waiter(long bytes, Promise<Void> turn) {}

    /** @param most bytes */
    Room(long most, PartMeters meters) {
        this.most = most;
        this.meters = meters;
    }

    /** Half is for large parts; the other half lets many readers go on with small ones. */
    boolean isTight() {
        return used > most / 2;
    }

    long most() {
        return most;
    }

    /** Completes when {@code bytes} are reserved: at once, or in its turn when others have given some back. */
    Future<Void> take(long bytes) {
        if (waiting.isEmpty() && used + bytes <= most) {
            reserve(bytes);
            return Future.succeededFuture();
        }
        Waiter waiter = new Waiter(bytes, Promise.promise());
        waiting.add(waiter);
        meters.waiting(1);
        return waiter.turn.future();
    }

    void giveBack(long bytes) {
        reserve(-bytes);
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
