package dev.berth.operations;

import dev.berth.contract.OperationsContract.Operation;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who waits for which operation. Each wait ends with the operation or with its time. On the verticle's event loop. */
final class Waits {
    private final Vertx vertx;
    private final int most;
    private final Map<String, Set<Promise<Void>>> waiting = new HashMap<>();
    private volatile int count;

    Waits(Vertx vertx, int most) {
        this.vertx = vertx;
        this.most = most;
    }

    boolean isFull() {
        return count >= most;
    }

    /** Any thread. */
    int count() {
        return count;
    }

    /** Completes when the operation was woken or {@code limit} is over; never fails. */
    Future<Void> wait(String id, Duration limit) {
        Promise<Void> promise = Promise.promise();
        waiting.computeIfAbsent(id, key -> new HashSet<>()).add(promise);
        count++;
        long timer = vertx.setTimer(Math.max(1, limit.toMillis()), late -> promise.tryComplete());
        return promise.future().onComplete(over -> leave(id, promise, timer));
    }

    void wake(Operation operation) {
        Set<Promise<Void>> woken = waiting.getOrDefault(operation.id(), Set.of());
        Set.copyOf(woken).forEach(Promise::tryComplete);
    }

    private void leave(String id, Promise<Void> promise, long timer) {
        vertx.cancelTimer(timer);
        count--;
        waiting.computeIfPresent(id, (key, all) -> {
            all.remove(promise);
            return all.isEmpty() ? null : all;
        });
    }
}
