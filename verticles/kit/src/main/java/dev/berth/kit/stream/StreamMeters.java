package dev.berth.kit.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the data plane tells about itself. Shared by all streams of a process; any thread.
 *
 * <ul>
 *   <li>{@code berth.stream.open} gauge: streams not yet ended
 *   <li>{@code berth.stream.in.flight.bytes} gauge: sent and not yet worked off, over all consumers; those whose window
 *       just shrank count a little more, until they end
 *   <li>{@code berth.stream.bytes} counter: bytes that producers wrote
 *   <li>{@code berth.stream.credit.stall} timer: how long producers waited for credit, each time
 * </ul>
 */
public final class StreamMeters {
    private final AtomicLong open;
    private final AtomicLong inFlight;
    private final Counter bytes;
    private final Timer stall;

    public StreamMeters(MeterRegistry registry) {
        this.open = registry.gauge("berth.stream.open", new AtomicLong());
        this.inFlight = registry.gauge("berth.stream.in.flight.bytes", new AtomicLong());
        this.bytes = registry.counter("berth.stream.bytes");
        this.stall = registry.timer("berth.stream.credit.stall");
    }

    /** Streams not yet ended. */
    long open() {
        return open.get();
    }

    void opened() {
        open.incrementAndGet();
    }

    void ended() {
        open.decrementAndGet();
    }

    void written(long count) {
        bytes.increment(count);
    }

    void inFlight(long change) {
        inFlight.addAndGet(change);
    }

    void stalled(long nanos) {
        stall.record(nanos, TimeUnit.NANOSECONDS);
    }
}
