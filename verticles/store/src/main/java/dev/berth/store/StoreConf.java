package dev.berth.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the store.
 *
 * @param dataDir holds {@code blobs}, {@code staging} and {@code quarantine}, all on one file system
 * @param minFreeBytes staging is refused when it would leave less than this free on the disk
 * @param stagingLimitBytes most bytes in staging at once, promised or written
 * @param pastCacheAfter of a file that nobody reads while it comes, what follows these first bytes is written past the page
 *     cache
 * @param deleteGrace how long after its last record went a blob is unlinked
 * @param orphanGrace how old a blob without a record must be before it is removed at start-up
 * @param leaseLimit when a lease that nobody released ends by itself
 */
public record StoreConf(
        Path dataDir,
        long minFreeBytes,
        long stagingLimitBytes,
        long pastCacheAfter,
        Duration deleteGrace,
        Duration orphanGrace,
        Duration leaseLimit) {
    public static final long MIN_FREE_BYTES = 64L << 20;
    public static final long STAGING_LIMIT_BYTES = 1L << 40;
    public static final long PAST_CACHE_AFTER = 64L << 20;
    public static final Duration DELETE_GRACE = Duration.ofSeconds(5);
    public static final Duration ORPHAN_GRACE = Duration.ofHours(1);
    public static final Duration LEASE_LIMIT = Duration.ofHours(24);

    public StoreConf {
        if (dataDir == null) {
            throw new IllegalArgumentException("store.data-dir must be a directory, got nothing");
        }
        atLeast("store.min-free-bytes", minFreeBytes, 0);
        atLeast("store.staging-limit-bytes", stagingLimitBytes, 1);
        atLeast("store.past-cache-after", pastCacheAfter, 0);
        notNegative("store.delete-grace", deleteGrace);
        notNegative("store.orphan-grace", orphanGrace);
        atLeast("store.lease-limit in seconds", leaseLimit.toSeconds(), 1);
    }

    /** All defaults. */
    public static StoreConf in(Path dataDir) {
        return new StoreConf(
                dataDir,
                MIN_FREE_BYTES,
                STAGING_LIMIT_BYTES,
                PAST_CACHE_AFTER,
                DELETE_GRACE,
                ORPHAN_GRACE,
                LEASE_LIMIT);
    }

    private static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + " must not be negative, got " + value);
        }
    }

    private static void atLeast(String key, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(key + " must be at least " + least + ", got " + value);
        }
    }
}
