package dev.berth.expire;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** How large the cache is, and what goes. */
final class ExpireMeters {
    private final MeterRegistry registry;
    private final Counter jumps;
    private final AtomicLong images = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    ExpireMeters(MeterRegistry registry) {
        this.registry = registry;
        this.jumps = Counter.builder("berth.expire.clock.jumps")
                .description("times the wall clock jumped by more than a minute")
                .register(registry);
        Gauge.builder("berth.expire.cached", images, AtomicLong::get)
                .description("cached images")
                .register(registry);
        Gauge.builder("berth.expire.cached.bytes", bytes, AtomicLong::get)
                .description("what only cached images hold")
                .baseUnit("bytes")
                .register(registry);
        for (Removal.Cause cause : Removal.Cause.values()) {
            counter(cause);
        }
    }

    void seen(Scene scene) {
        images.set(scene.records().size());
        bytes.set(scene.cachedBytes());
    }

    void removed(Removal removal) {
        counter(removal.cause()).increment();
    }

    void clockJumped() {
        jumps.increment();
    }

    private Counter counter(Removal.Cause cause) {
        return Counter.builder("berth.expire.removed")
                .description("images forgotten, by rule")
                .tag("rule", cause.label())
                .register(registry);
    }
}
