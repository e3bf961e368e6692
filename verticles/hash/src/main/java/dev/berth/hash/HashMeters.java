package dev.berth.hash;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What hashing tells about itself. Any thread. */
final class HashMeters {
    private final Timer time;
    private final Counter bytes;

    HashMeters(MeterRegistry registry) {
        this.time = registry.timer("berth.hash.time");
        this.bytes = registry.counter("berth.hash.bytes");
    }

    void timed(Runnable work, long count) {
        time.record(work);
        bytes.increment(count);
    }
}
