package dev.berth.serve.edge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections there are, over all server instances of a process. Any thread. */
final class Census implements Shareable {
    private final AtomicInteger all = new AtomicInteger();
    private final Set<Path> claimed = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

    /** The one of this Vert.x; {@code berth.http.connections} shows it. */
    static Census of(Vertx vertx, MeterRegistry registry) {
        return vertx.sharedData()
                .<String, Census>getLocalMap("berth.serve")
                .computeIfAbsent("census", key -> shown(new Census(), registry));
    }

    private static Census shown(Census census, MeterRegistry registry) {
        Gauge.builder("berth.http.connections", census.all, AtomicInteger::get)
                .strongReference(true)
                .register(registry);
        return census;
    }

    /** True for the first to ask: it listens on this socket for the whole process. */
    boolean claim(Path socket) {
        return claimed.add(socket);
    }

    void release(Path socket) {
        claimed.remove(socket);
    }

    /** Counts one in, and says how many there are now. */
    int arrive() {
        return all.incrementAndGet();
    }

    /** Counts one in from this address, and says how many it has now. */
    int arrive(String host) {
        return byAddress.merge(host, 1, Integer::sum);
    }

    void leave() {
        all.decrementAndGet();
    }

    void leave(String host) {
        byAddress.computeIfPresent(host, (key, count) -> count == 1 ? null : count - 1);
    }
}
