package dev.berth.serve.pump;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for sending, over all event loops of a process.
 *
 * <ul>
 *   <li>{@code berth.http.parts.bytes} gauge
 *   <li>{@code berth.http.parts.waiting} gauge: readers that wait for memory
 *   <li>{@code berth.http.parts.taken} counter; from: {@code memory} (another reader's) or {@code disk}
 * </ul>
 *
 * <p>Any thread.
 */
final class PartMeters implements Shareable {
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final Counter fromMemory;
    private final Counter fromDisk;

    private PartMeters(MeterRegistry registry) {
        shown(registry, "berth.http.parts.bytes", used);
        shown(registry, "berth.http.parts.waiting", waiting);
        this.fromMemory = registry.counter("berth.http.parts.taken", "from", "memory");
        this.fromDisk = registry.counter("berth.http.parts.taken", "from", "disk");
    }

    /** The one of this Vert.x. */
    static PartMeters of(Vertx vertx, MeterRegistry registry) {
        return vertx.sharedData()
                .<String, PartMeters>getLocalMap("berth.serve")
                .computeIfAbsent("parts", key -> new PartMeters(registry));
    }

    private static void shown(MeterRegistry registry, String name, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get).strongReference(true).register(registry);
    }

    void used(long more) {
        used.addAndGet(more);
    }

    void waiting(long more) {
        waiting.addAndGet(more);
    }

    void taken(boolean wasThere) {
        (wasThere ? fromMemory : fromDisk).increment();
    }
}
