package dev.berth.kit.async;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The same work asked for twice at once is done once. Everybody who asks while it runs gets its one result or its one
 * failure; who asks after its end starts anew, so nothing is remembered. Any thread.
 *
 * @param <K> everything that changes the result, who may have it included
 * @param <V> the result
 */
public final class SingleFlight<K, V> {
    private final Map<K, Promise<V>> flying = new ConcurrentHashMap<>();

    /** Joins the flight of {@code key}, or starts it. {@code work} runs on the caller's thread, and may throw. */
    public Future<V> run(K key, Supplier<Future<V>> work) {
        Promise<V> mine = Promise.promise();
        Promise<V> theirs = flying.putIfAbsent(key, mine);
        if (theirs != null) {
            return theirs.future();
        }
        started(work).onComplete((value, failure) -> {
            flying.remove(key, mine);
            mine.complete(value, failure);
        });
        return mine.future();
    }

    /** Whoever asks from now on starts anew; those who wait already still get what they wait for. */
    public void forget(K key) {
        flying.remove(key);
    }

    /** Flights that can be joined now. */
    public int size() {
        return flying.size();
    }

    private Future<V> started(Supplier<Future<V>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
