package dev.berth.vcdiff;

import java.io.IOException;

/**
 * How a delta begins (RFC 3284, section 4.1, and xdelta3's application header).
 *
 * @param compressed windows may have sections compressed with LZMA
 */
record DeltaHeader(boolean compressed) {
    private static final int[] MAGIC = {0xd6, 0xc3, 0xc4, 0};
    private static final int SECONDARY = 1;
    private static final int CODE_TABLE = 2;
    private static final int APPLICATION = 4;
    private static final int DJW = 1;
    private static final int LZMA = 2;
    private static final int FGK = 16;

    static DeltaHeader read(DeltaInput delta, VcdiffLimits limits) throws IOException {
        for (int expected : MAGIC) {
            int got = delta.oneByte();
            if (got != expected) {
                throw new VcdiffException(String.format("a VCDIFF must begin with d6 c3 c4 00, but byte %d is %02x",
                        delta.position() - 1, got));
            }
        }
        int indicator = delta.oneByte();
        if ((indicator & ~(SECONDARY | APPLICATION)) != 0) {
            throw unknown(indicator);
        }
        boolean compressed = (indicator & SECONDARY) != 0;
        if (compressed) {
            checkCompressor(delta.oneByte());
        }
        if ((indicator & APPLICATION) != 0) {
            skipApplication(delta, limits);
        }
        return new DeltaHeader(compressed);
    }

    private static VcdiffException unknown(int indicator) {
        return new VcdiffException((indicator & CODE_TABLE) != 0
                ? "a delta with a code table of its own cannot be read; make it with xdelta3"
                : String.format("the header indicator must have no bits but 01 and 04, got %02x", indicator));
    }

    private static void checkCompressor(int id) throws VcdiffException {
        if (id != LZMA) {
            String name = id == DJW ? "DJW" : id == FGK ? "FGK" : "an unknown one";
            throw new VcdiffException("secondary compression must be LZMA (id 2) or none, got " + name + " (id " + id
                    + "); make the delta with xdelta3 -S lzma or -S none");
        }
    }

    private static void skipApplication(DeltaInput delta, VcdiffLimits limits) throws IOException {
        long length = delta.number();
        if (length > limits.headerBytes()) {
            throw new VcdiffException("the application header must not be longer than " + limits.headerBytes()
                    + " bytes, got " + length);
        }
        delta.skip(length);
    }
}
