package dev.berth.kit.stream;

import java.time.Duration;

/**
 * Bounds of every byte stream.
 *
 * @param windowBytes most bytes in flight to one consumer
 * @param totalBytes what all streams together have in flight, roughly: when there are many, each has a smaller window, but
 *     never less than {@link #LEAST_WINDOW}
 * @param silence how long a side waits for a sign of life of the other before it gives the stream up
 */
public record StreamLimits(int windowBytes, int totalBytes, Duration silence) {
    /** Enough to keep a disk busy. */
    static final int LEAST_WINDOW = 128 << 10;

    public static final StreamLimits DEFAULT = new StreamLimits(2 << 20, 8 << 20, Duration.ofSeconds(60));

    public StreamLimits {
        if (windowBytes < 1) {
            throw new IllegalArgumentException("stream window must be at least 1 byte, got " + windowBytes);
        }
        if (totalBytes < windowBytes) {
            throw new IllegalArgumentException(
                    "streams.total-bytes must be at least streams.window-bytes, got " + totalBytes + " and " + windowBytes);
        }
        if (silence.toMillis() < 10) {
            throw new IllegalArgumentException("stream silence must be at least 10 ms, got " + silence);
        }
    }

    /** Limits without a bound for all streams together. */
    public StreamLimits(int windowBytes, Duration silence) {
        this(windowBytes, Integer.MAX_VALUE, silence);
    }

    /** The window of each of that many streams. */
    int window(long open) {
        long share = Math.max(LEAST_WINDOW, totalBytes / Math.max(1, open));
        return (int) Math.min(windowBytes, share);
    }

    /** How often an idle producer says that it is still there: often enough to lose one and not be given up. */
    long signOfLifeMillis() {
        return Math.max(1, silence.toMillis() / 3);
    }
}
