package dev.berth.operations;

import java.time.Duration;

/**
 * Settings of the operations table.
 *
 * @param retention how long an ended operation stays retrievable; at least {@link #LEAST_RETENTION}, because clients that
 *     only poll need several connections to read a result (rest-api 4.2)
 * @param endedKept how many ended operations are kept at most; beyond it the longest ended goes, whatever its age
 * @param progressEvery the least time between two progress events of one operation
 * @param waits how many waits may be open at once; more are refused
 */
public record OperationsConf(Duration retention, int endedKept, Duration progressEvery, int waits) {
    public static final Duration LEAST_RETENTION = Duration.ofSeconds(60);
    public static final Duration DEFAULT_RETENTION = Duration.ofMinutes(2);
    public static final int DEFAULT_ENDED_KEPT = 10_000;
    public static final Duration DEFAULT_PROGRESS_EVERY = Duration.ofMillis(500);
    public static final int DEFAULT_WAITS = 10_000;

    public OperationsConf {
        expect(
                retention.compareTo(LEAST_RETENTION) >= 0,
                "operations.retention: expected at least 60 seconds, got " + retention);
        expect(endedKept >= 1, "operations.ended-kept: expected at least 1, got " + endedKept);
        expect(
                !progressEvery.isNegative(),
                "operations.progress-every: expected 0 or more, got " + progressEvery);
        expect(waits >= 1, "operations.waits: expected at least 1, got " + waits);
    }

    public static OperationsConf defaults() {
        return new OperationsConf(DEFAULT_RETENTION, DEFAULT_ENDED_KEPT, DEFAULT_PROGRESS_EVERY, DEFAULT_WAITS);
    }

    private static void expect(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
