package dev.berth.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** What intake tells about itself. Any thread. */
final class IntakeMeters {
    private final MeterRegistry registry;
    private final AtomicInteger running;
    private final AtomicInteger inspectionsWaiting;
    private final Timer inspect;

    IntakeMeters(MeterRegistry registry) {
        this.registry = registry;
        this.running = registry.gauge("berth.intake.running", new AtomicInteger());
        this.inspectionsWaiting = registry.gauge("berth.intake.inspections.waiting", new AtomicInteger());
        this.inspect = registry.timer("berth.intake.inspect");
    }

    /** Archives that wait for somebody to look into them. */
    AtomicInteger inspectionsWaiting() {
        return inspectionsWaiting;
    }

    Timer inspect() {
        return inspect;
    }

    /** Somebody joined a transfer that was under way. */
    void joined() {
        registry.counter("berth.intake.joined").increment();
    }

    void began() {
        running.incrementAndGet();
    }

    /** @param outcome {@code arrived}, {@code here}, {@code refused} or {@code broken} */
    void ended(String outcome) {
        running.decrementAndGet();
        registry.counter("berth.intake.arrivals", "outcome", outcome).increment();
    }
}
