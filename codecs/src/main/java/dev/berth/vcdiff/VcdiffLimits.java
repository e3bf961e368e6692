package dev.berth.vcdiff;

/**
 * How much decoding one delta may cost. Memory is at most six times {@code windowBytes} and three times {@code
 * decoderMemoryBytes}.
 *
 * @param targetBytes largest result, in bytes: the size of the wanted file where it is known
 * @param windowBytes largest target window, in bytes
 * @param headerBytes largest application header, in bytes
 * @param decoderMemoryBytes most memory one LZMA decoder may take; a delta has up to three
 */
public record VcdiffLimits(long targetBytes, int windowBytes, int headerBytes, int decoderMemoryBytes) {
    private static final int MIB = 1 << 20;
    private static final int LARGEST_WINDOW = 256 * MIB;

    public VcdiffLimits {
        if (targetBytes < 0) {
            throw new IllegalArgumentException("targetBytes must not be negative, got " + targetBytes);
        }
        if (windowBytes <= 0 || windowBytes > LARGEST_WINDOW) {
            throw new IllegalArgumentException("windowBytes must be 1 to " + LARGEST_WINDOW + ", got " + windowBytes);
        }
        if (headerBytes < 0 || decoderMemoryBytes <= 0) {
            throw new IllegalArgumentException("headerBytes must not be negative and decoderMemoryBytes must be positive, got "
                    + headerBytes + " and " + decoderMemoryBytes);
        }
    }

    /**
     * What xdelta3 can need: windows are 8 MiB unless told otherwise and 16 MiB at most; its header has two file names; its
     * LZMA has a dictionary of 256 KiB at every level.
     */
    public static VcdiffLimits forTarget(long bytes) {
        return new VcdiffLimits(bytes, 16 * MIB, 64 * 1024, 16 * MIB);
    }
}
