package dev.berth.expire;

import java.time.Duration;

/**
 * Settings of expiry. How long unused images stay is not here: people set it while the service runs ({@code
 * images.remote_cache_expiry}, rest-api 6.1).
 *
 * @param sweepEvery how often images are removed for their age
 * @param startAfter how long after a start the first such sweep waits: clocks settle first
 * @param lookEvery how often space and clock are looked at
 * @param confirmAfter an image must be found too old twice, this long apart by a clock that nobody sets
 * @param calm after a jump of the wall clock nothing is removed for its age for this long, nor for this long after a use
 * @param removalsPerRound most images that one sweep removes
 * @param lowWaterBytes with less than this free, cached images go, the least valuable first; 0 is no such limit
 * @param cacheLimitBytes most bytes that only cached images hold; 0 is no such limit
 */
public record ExpireConf(
        Duration sweepEvery,
        Duration startAfter,
        Duration lookEvery,
        Duration confirmAfter,
        Duration calm,
        int removalsPerRound,
        long lowWaterBytes,
        long cacheLimitBytes) {
    public static final Duration SWEEP_EVERY = Duration.ofHours(1);
    public static final Duration START_AFTER = Duration.ofMinutes(5);
    public static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    public static final Duration CONFIRM_AFTER = Duration.ofSeconds(10);
    public static final Duration CALM = Duration.ofHours(1);
    public static final int REMOVALS_PER_ROUND = 100;
    public static final long LOW_WATER_BYTES = 1L << 30;

    public ExpireConf {
        positive("expire.sweep-every", sweepEvery);
        positive("expire.start-after", startAfter);
        positive("expire.look-every", lookEvery);
        positive("expire.confirm-after", confirmAfter);
        positive("expire.calm", calm);
        atLeast("expire.removals-per-round", removalsPerRound, 1);
        atLeast("expire.low-water-bytes", lowWaterBytes, 0);
        atLeast("expire.cache-limit-bytes", cacheLimitBytes, 0);
    }

    public static ExpireConf defaults() {
        return new ExpireConf(
                SWEEP_EVERY, START_AFTER, LOOK_EVERY, CONFIRM_AFTER, CALM, REMOVALS_PER_ROUND, LOW_WATER_BYTES, 0);
    }

    private static void positive(String key, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(key + ": expected at least 1 ms, got " + value);
        }
    }

    private static void atLeast(String key, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(key + ": expected at least " + least + ", got " + value);
        }
    }
}
