package dev.berth.mirror;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** What operators see of each upstream. */
final class MirrorMeters {
    private final MeterRegistry registry;
    private final Clock clock;

    MirrorMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void watch(UpstreamKeeper keeper) {
        Standing standing = keeper.standing();
        String name = keeper.conf().name();
        Gauge.builder("berth.mirror.stale", standing, now -> now.trouble().isEmpty() ? 0 : 1)
                .tag("upstream", name).register(registry);
        Gauge.builder("berth.mirror.images", standing, now -> now.list() == null ? 0 : now.list().listed().size())
                .tag("upstream", name).register(registry);
        Gauge.builder("berth.mirror.age", standing, this::seconds)
                .baseUnit("seconds").tag("upstream", name).register(registry);
    }

    /** An image of so many bytes came. */
    void fetched(String upstream, long bytes) {
        registry.counter("berth.mirror.fetched", "upstream", upstream).increment(bytes);
    }

    private double seconds(Standing standing) {
        return standing.asked() == null
                ? Double.NaN
                : Duration.between(standing.asked(), clock.instant()).toSeconds();
    }
}
