package dev.berth.fetch.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What fetching tells about itself. Any thread.
 *
 * <ul>
 *   <li>{@code berth.fetch.requests} counter by {@code outcome}: {@code 2xx} to {@code 5xx}, {@code refused} (address
 *       off limits), {@code unreachable}
 *   <li>{@code berth.fetch.bytes} counter: body bytes received
 *   <li>{@code berth.fetch.running} gauge: downloads under way
 *   <li>{@code berth.fetch.retries} counter: tries after a failure that may pass
 *   <li>{@code berth.fetch.downloads} counter by {@code protocol} and {@code outcome}
 *   <li>{@code berth.fetch.signatures} counter by {@code outcome}: {@code good}, {@code wrong}, {@code missing},
 *       {@code rolled-back}, for documents of servers that must sign them
 * </ul>
 */
public final class FetchMeters {
    private final MeterRegistry registry;
    private final Counter bytes;
    private final Counter retries;
    private final AtomicInteger running;

    public FetchMeters(MeterRegistry registry) {
        this.registry = registry;
        this.bytes = registry.counter("berth.fetch.bytes");
        this.retries = registry.counter("berth.fetch.retries");
        this.running = registry.gauge("berth.fetch.running", new AtomicInteger());
    }

    void answered(int status) {
        request(status / 100 + "xx");
    }

    void refused() {
        request("refused");
    }

    void unreachable() {
        request("unreachable");
    }

    void received(long count) {
        bytes.increment(count);
    }

    public void retried() {
        retries.increment();
    }

    public void began() {
        running.incrementAndGet();
    }

    /** @param protocol one of the few that are spoken */
    public void ended(String protocol, boolean complete) {
        running.decrementAndGet();
        registry.counter("berth.fetch.downloads", "protocol", protocol, "outcome", complete ? "complete" : "failed")
                .increment();
    }

    /** @param outcome one of those listed above */
    public void signature(String outcome) {
        registry.counter("berth.fetch.signatures", "outcome", outcome).increment();
    }

    private void request(String outcome) {
        registry.counter("berth.fetch.requests", "outcome", outcome).increment();
    }
}
