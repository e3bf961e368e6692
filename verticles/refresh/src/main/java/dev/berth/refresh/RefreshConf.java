package dev.berth.refresh;

import java.time.Duration;

/**
 * Settings of refresh. How often images are compared with their source is not here: people set it while the service runs
 * ({@code images.auto_update_interval}, rest-api 6.1).
 *
 * @param lookEvery how often is looked which images are due
 * @param startAfter how long after a start the first look waits
 * @param startQuiet a start compares all images at once, except those compared less than this long ago
 * @param jitterPercent intervals are longer or shorter by up to this much, so that images do not fall due together
 * @param checks most comparisons at once
 * @param checksPerServer most comparisons at once with one server
 * @param transfers most newer images fetched at once
 * @param transfersPerServer most newer images fetched at once from one server
 */
public record RefreshConf(
        Duration lookEvery,
        Duration startAfter,
        Duration startQuiet,
        int jitterPercent,
        int checks,
        int checksPerServer,
        int transfers,
        int transfersPerServer) {
    public static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    public static final Duration START_AFTER = Duration.ofSeconds(10);
    public static final Duration START_QUIET = Duration.ofMinutes(10);
    public static final int JITTER_PERCENT = 10;
    public static final int CHECKS = 64;
    public static final int CHECKS_PER_SERVER = 32;
    public static final int TRANSFERS = 4;
    public static final int TRANSFERS_PER_SERVER = 2;

    public RefreshConf {
        expect(lookEvery.toMillis() >= 1, "refresh.look-every: expected at least 1 ms, got " + lookEvery);
        expect(startAfter.toMillis() >= 1, "refresh.start-after: expected at least 1 ms, got " + startAfter);
        expect(!startQuiet.isNegative(), "refresh.start-quiet: expected 0 or more, got " + startQuiet);
        expect(
                jitterPercent >= 0 && jitterPercent <= 50,
                "refresh.jitter-percent: expected 0 to 50, got " + jitterPercent);
        atLeastOne("refresh.checks", checks);
        atLeastOne("refresh.checks-per-server", checksPerServer);
        atLeastOne("refresh.transfers", transfers);
        atLeastOne("refresh.transfers-per-server", transfersPerServer);
    }

    public static RefreshConf defaults() {
        return new RefreshConf(
                LOOK_EVERY, START_AFTER, START_QUIET, JITTER_PERCENT, CHECKS, CHECKS_PER_SERVER, TRANSFERS,
                TRANSFERS_PER_SERVER);
    }

    private static void atLeastOne(String key, int value) {
        expect(value >= 1, key + ": expected at least 1, got " + value);
    }

    private static void expect(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
