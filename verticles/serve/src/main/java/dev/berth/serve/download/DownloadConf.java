package dev.berth.serve.download;

import java.nio.file.Path;

/**
 * Settings of the face for LXC's download template.
 *
 * @param folder where converted root file systems are kept
 * @param convert whether images are offered whose root file system must be converted first
 * @param conversions most at once; each takes a core and some 20 MiB, and the decoder's memory
 * @param preset of xz, 0 (fast) to 9 (small); 1 makes root file systems some tenth larger than 6, five times as fast
 * @param cacheBytes most bytes of converted root file systems, those in the making included
 * @param minFreeBytes a conversion ends when it would leave less than this free on the disk
 */
public record DownloadConf(
        Path folder,
        boolean convert,
        int conversions,
        int preset,
        long cacheBytes,
        long minFreeBytes) {
    public static final int CONVERSIONS = 2;
    public static final int PRESET = 1;
    public static final long CACHE_BYTES = 10L << 30;
    public static final long MIN_FREE_BYTES = 1L << 30;
    private static final int LARGEST_PRESET = 9;

    public DownloadConf {
        if (conversions < 1) {
            throw new IllegalArgumentException("download.conversions must be at least 1, got " + conversions);
        }
        if (preset < 0 || preset > LARGEST_PRESET) {
            throw new IllegalArgumentException("download.preset must be 0 to 9, got " + preset);
        }
        if (cacheBytes < 1) {
            throw new IllegalArgumentException("download.cache-bytes must be at least 1, got " + cacheBytes
                    + "; to keep nothing, set download.convert to false");
        }
        if (minFreeBytes < 0) {
            throw new IllegalArgumentException("download.min-free-bytes must not be negative, got " + minFreeBytes);
        }
    }

    /** All defaults. */
    public static DownloadConf in(Path data) {
        return new DownloadConf(folderIn(data), true, CONVERSIONS, PRESET, CACHE_BYTES, MIN_FREE_BYTES);
    }

    /** Where a data directory has it. */
    public static Path folderIn(Path data) {
        return data.resolve("cache").resolve("rootfs");
    }
}
