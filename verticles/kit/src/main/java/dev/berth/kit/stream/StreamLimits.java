package dev.berth.kit.stream;

import java.time.Duration;

/**
 * Bounds of every byte stream.
 *
 * @param windowBytes most bytes in flight to one consumer
 * @param silence how long a side waits for a sign of life of the other before it gives the stream up
 */
public record StreamLimits(int windowBytes, Duration silence) {
    public static final StreamLimits DEFAULT = new StreamLimits(4 << 20, Duration.ofSeconds(60));

    public StreamLimits {
        if (windowBytes < 1) {
            throw new IllegalArgumentException("stream window must be at least 1 byte, got " + windowBytes);
        }
        if (silence.toMillis() < 10) {
            throw new IllegalArgumentException("stream silence must be at least 10 ms, got " + silence);
        }
    }

    /** How often an idle producer says that it is still there: often enough to lose one and not be given up. */
    long signOfLifeMillis() {
        return Math.max(1, silence.toMillis() / 3);
    }
}
