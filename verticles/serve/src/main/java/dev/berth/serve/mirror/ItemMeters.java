package dev.berth.serve.mirror;

import io.micrometer.core.instrument.MeterRegistry;

/** What clients ask of each upstream. */
final class ItemMeters {
    private final MeterRegistry registry;

    ItemMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param outcome {@code hit}, {@code joined} or {@code miss} */
    void asked(String upstream, String outcome) {
        registry.counter("berth.mirror.requests", "upstream", upstream, "outcome", outcome).increment();
    }

    /** So many bytes of items went out, heads included. */
    void served(String upstream, long bytes) {
        registry.counter("berth.mirror.served", "upstream", upstream).increment(bytes);
    }
}
