package dev.berth.app;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** What has to be done at the end, undone in the reverse order of its beginning. Any thread. */
final class Endings {
    private final Deque<Supplier<? extends Future<?>>> endings = new ArrayDeque<>();

    synchronized void add(Supplier<? extends Future<?>> ending) {
        endings.push(ending);
    }

    /** Does each once, whether or not the one before went well; fails with the first that did not. */
    synchronized Future<Void> all() {
        Future<Void> chain = Future.succeededFuture();
        while (!endings.isEmpty()) {
            Supplier<? extends Future<?>> next = endings.pop();
            chain = chain.eventually(() -> next.get().mapEmpty());
        }
        return chain;
    }
}
