package dev.berth.catalog;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What the catalog tells about itself: {@code berth.catalog.*}. */
final class CatalogMeters {
    private final MeterRegistry registry;
    private final Timer write;

    CatalogMeters(MeterRegistry registry, CatalogState state) {
        this.registry = registry;
        this.write = Timer.builder("berth.catalog.write")
                .description("time from asking for a commit to having it on disk, queueing behind other features included")
                .register(registry);
        Gauge.builder("berth.catalog.images", state, now -> now.snapshot().images())
                .description("image records in all projects")
                .register(registry);
        Gauge.builder("berth.catalog.aliases", state, now -> now.snapshot().aliases())
                .description("aliases in all projects")
                .register(registry);
        Gauge.builder("berth.catalog.bytes", state, now -> now.snapshot().blobs().bytes())
                .description("size of the distinct blobs that records refer to")
                .baseUnit("bytes")
                .register(registry);
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    void written(Timer.Sample sample) {
        sample.stop(write);
    }
}
