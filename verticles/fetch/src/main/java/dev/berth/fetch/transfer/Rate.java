package dev.berth.fetch.transfer;

/** How fast something was recently: an average in which the last two seconds weigh most. Pure. */
final class Rate {
    private static final double MEMORY_SECONDS = 2;
    private static final double NANOS_PER_SECOND = 1e9;

    private long lastNanos;
    private long lastBytes;
    private double bytesPerSecond;
    private boolean measured;

    Rate(long nanos) {
        this.lastNanos = nanos;
    }

    /** @param bytes so far */
    long at(long nanos, long bytes) {
        double seconds = (nanos - lastNanos) / NANOS_PER_SECOND;
        if (seconds > 0) {
            double now = (bytes - lastBytes) / seconds;
            double weight = measured ? 1 - Math.exp(-seconds / MEMORY_SECONDS) : 1;
            bytesPerSecond += weight * (now - bytesPerSecond);
            measured = true;
            lastNanos = nanos;
            lastBytes = bytes;
        }
        return Math.round(bytesPerSecond);
    }
}
