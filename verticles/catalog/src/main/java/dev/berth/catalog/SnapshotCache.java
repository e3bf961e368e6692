package dev.berth.catalog;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Answers that were put together from one snapshot, by the shape of the question. Two who ask the same at once wait for
 * the same work. Empties itself when the snapshot changes; bounded in entries and bytes, the least used go first. One
 * event loop.
 *
 * @param <K> the question
 * @param <V> the answer
 */
final class SnapshotCache<K, V> {
    private final int maxEntries;
    private final long maxBytes;
    private final ToLongFunction<V> weight;
    private final LinkedHashMap<K, Future<V>> answers = new LinkedHashMap<>(16, 0.75f, true);
    private Snapshot of;

    /** @param weight bytes of an answer; answers that are not to be kept weigh {@link Long#MAX_VALUE} */
    SnapshotCache(int maxEntries, long maxBytes, ToLongFunction<V> weight) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        this.weight = weight;
    }

    Future<V> get(Snapshot snapshot, K question, Supplier<Future<V>> work) {
        if (of != snapshot) {
            of = snapshot;
            answers.clear();
        }
        Future<V> known = answers.get(question);
        return known != null ? known : begin(snapshot, question, work);
    }

    int size() {
        return answers.size();
    }

    private Future<V> begin(Snapshot snapshot, K question, Supplier<Future<V>> work) {
        Future<V> answer = work.get();
        answers.put(question, answer);
        answer.onComplete(done -> {
            if (of == snapshot) {
                settle(question, answer);
            }
        });
        return answer;
    }

    private void settle(K question, Future<V> answer) {
        if (answer.failed() || weight.applyAsLong(answer.result()) > maxBytes) {
            answers.remove(question);
        }
        while (answers.size() > maxEntries || bytes() > maxBytes) {
            Map.Entry<K, Future<V>> eldest = answers.entrySet().iterator().next();
            answers.remove(eldest.getKey());
        }
    }

    private long bytes() {
        return answers.values().stream()
                .filter(Future::succeeded)
                .mapToLong(answer -> weight.applyAsLong(answer.result()))
                .sum();
    }
}
