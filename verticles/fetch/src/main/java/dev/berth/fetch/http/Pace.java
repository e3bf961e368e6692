package dev.berth.fetch.http;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Keeps a stream of bytes below a rate, over all its readers. One thread. */
final class Pace {
    /** Shorter pauses are saved up: a timer is not that exact. */
    private static final long SHORTEST_MILLIS = 20;

    private final long bytesPerSecond;
    private final LongSupplier nanos;
    private long paidUntil;

    /** @param bytesPerSecond 0 for no limit */
    Pace(long bytesPerSecond, LongSupplier nanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanos = nanos;
        this.paidUntil = nanos.getAsLong();
    }

    /** Notes that {@code bytes} came; says for how many milliseconds no more should. */
    long pause(int bytes) {
        if (bytesPerSecond == 0) {
            return 0;
        }
        long now = nanos.getAsLong();
        paidUntil = Math.max(paidUntil, now) + bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
        long millis = TimeUnit.NANOSECONDS.toMillis(paidUntil - now);
        return millis < SHORTEST_MILLIS ? 0 : millis;
    }
}
