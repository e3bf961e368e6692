package dev.berth.serve.download;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What conversions tell about themselves.
 *
 * <ul>
 *   <li>{@code berth.rootfs.conversion} timer by {@code result} (done, failed): each conversion
 *   <li>{@code berth.rootfs.running} gauge: those that run or wait for their turn
 *   <li>{@code berth.rootfs.kept.bytes} gauge: bytes of finished ones on the disk
 *   <li>{@code berth.rootfs.evicted} counter: finished ones that made room for others
 * </ul>
 */
final class DownloadMeters {
    private final MeterRegistry registry;
    private final Timer done;
    private final Timer failed;
    private final Counter evicted;
    private final AtomicInteger running;

    DownloadMeters(MeterRegistry registry) {
        this.registry = registry;
        this.done = registry.timer("berth.rootfs.conversion", "result", "done");
        this.failed = registry.timer("berth.rootfs.conversion", "result", "failed");
        this.evicted = registry.counter("berth.rootfs.evicted");
        this.running = registry.gauge("berth.rootfs.running", new AtomicInteger());
    }

    void kept(LongSupplier bytes) {
        Gauge.builder("berth.rootfs.kept.bytes", bytes::getAsLong).register(registry);
    }

    void began() {
        running.incrementAndGet();
    }

    void ended(boolean well, Duration time) {
        running.decrementAndGet();
        (well ? done : failed).record(time);
    }

    void evicted() {
        evicted.increment();
    }
}
