package dev.berth.serve.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Bytes on the wire, TLS and heads included.
 *
 * <ul>
 *   <li>{@code berth.http.sent.bytes} counter
 *   <li>{@code berth.http.received.bytes} counter
 * </ul>
 */
final class WireMeters {
    private final Counter sent;
    private final Counter received;

    WireMeters(MeterRegistry registry) {
        this.sent = registry.counter("berth.http.sent.bytes");
        this.received = registry.counter("berth.http.received.bytes");
    }

    void sent(long bytes) {
        sent.increment(bytes);
    }

    void received(long bytes) {
        received.increment(bytes);
    }
}
