package dev.berth.fetch.http;

import java.time.Duration;

/**
 * What one upstream may take of us, and we of it.
 *
 * @param requests at once to one upstream
 * @param waiting requests that wait for their turn; more are refused
 * @param bytesPerSecond from one upstream over all transfers, or 0 for as fast as it goes
 * @param connect longest wait for a connection
 * @param response longest wait for the head of a response
 * @param stall a body of which nothing comes for this time is given up
 * @param tries of one file in a row without getting further
 * @param patience longest {@code Retry-After} that is waited for
 */
public record HttpLimits(
        int requests,
        int waiting,
        long bytesPerSecond,
        Duration connect,
        Duration response,
        Duration stall,
        int tries,
        Duration patience) {
    public static final HttpLimits DEFAULT = new HttpLimits(
            32,
            10_000,
            0,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            5,
            Duration.ofMinutes(1));

    public HttpLimits {
        atLeastOne("fetch.requests-per-upstream", requests);
        atLeastOne("fetch.waiting-per-upstream", waiting);
        atLeastOne("fetch.tries", tries);
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("fetch.bytes-per-second must not be negative, got " + bytesPerSecond);
        }
        positive("fetch.connect", connect);
        positive("fetch.response", response);
        positive("fetch.stall", stall);
        positive("fetch.patience", patience);
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, got " + value);
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " must be longer than 0s, got " + value.toMillis() + "ms");
        }
    }
}
