package dev.berth.operations;

import dev.berth.contract.OperationsContract.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** How many operations run and wait, and how they end. */
final class OperationMeters {
    private final MeterRegistry registry;
    private final AtomicInteger running = new AtomicInteger();

    OperationMeters(MeterRegistry registry, IntSupplier waiting) {
        this.registry = registry;
        Gauge.builder("berth.operations.running", running, AtomicInteger::get)
                .description("Operations that have not ended, waiting tokens included")
                .register(registry);
        Gauge.builder("berth.operations.waiting", waiting::getAsInt)
                .description("Clients that wait for an operation to end")
                .register(registry);
    }

    void running(int count) {
        running.set(count);
    }

    void ended(Status status) {
        registry.counter("berth.operations.ended", "status", status.wireName()).increment();
    }
}
