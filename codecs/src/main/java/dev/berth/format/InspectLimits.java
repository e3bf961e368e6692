package dev.berth.format;

/**
 * How much one inspection may cost. A hostile image meets one of these and is refused; see the constants of {@link
 * #DEFAULTS} for why each is what it is.
 *
 * @param metadataBytes largest {@code metadata.yaml}, in bytes; LXD's own cap is 1 MiB
 * @param extendedHeaderBytes largest PAX or GNU header, and so the longest name, in bytes; Go's archive/tar has 1 MiB
 * @param entries most tar headers read, directories and extended headers included
 * @param decoderMemoryBytes most memory one xz or lzma decoder may take; {@code xz -9} needs 65 MiB
 * @param zstdWindowLog largest zstd window as a power of two; 27 is 128 MiB, the zstd program's own default
 * @param freeExpansionBytes decompressed bytes that are never called a bomb
 * @param expansionRatio beyond the free bytes: most decompressed bytes per byte that arrived
 * @param expandedBytes most decompressed bytes read in all
 */
public record InspectLimits(
        int metadataBytes,
        int extendedHeaderBytes,
        long entries,
        long decoderMemoryBytes,
        int zstdWindowLog,
        long freeExpansionBytes,
        int expansionRatio,
        long expandedBytes) {

    private static final int MIB = 1 << 20;

    /**
     * Wide enough for every image LXD's own tools make. The largest root file systems have about a million entries. A
     * root file system compresses 2 to 10 times, and a tree with large empty files in it some 50 times, while a bomb
     * reaches 1,000 (gzip) to 1,000,000 (bzip2).
     */
    public static final InspectLimits DEFAULTS =
            new InspectLimits(MIB, MIB, 5_000_000, 80L * MIB, 27, 64L * MIB, 250, 256L * 1024 * MIB);

    public InspectLimits {
        positive("metadataBytes", metadataBytes);
        positive("extendedHeaderBytes", extendedHeaderBytes);
        positive("entries", entries);
        positive("decoderMemoryBytes", decoderMemoryBytes);
        positive("freeExpansionBytes", freeExpansionBytes);
        positive("expansionRatio", expansionRatio);
        positive("expandedBytes", expandedBytes);
        if (zstdWindowLog < 10 || zstdWindowLog > 31) {
            throw new IllegalArgumentException("zstdWindowLog must be 10 to 31, got " + zstdWindowLog);
        }
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, got " + value);
        }
    }
}
