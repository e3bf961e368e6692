package dev.berth.vcdiff;

import java.io.IOException;

/**
 * How a window begins (RFC 3284, sections 4.2 and 4.3, and xdelta3's checksum).
 *
 * @param origin where the segment is taken from
 * @param segmentLength bytes of the segment that may be copied from
 * @param segmentPosition where the segment begins
 * @param targetLength bytes this window makes
 * @param compressedSections bits of the compressed sections: data, instructions, addresses
 * @param dataLength bytes of the data section, as they stand in the delta
 * @param instructionsLength likewise
 * @param addressesLength likewise
 * @param adler32 of the bytes made, or -1
 */
record WindowHeader(
        Origin origin,
        long segmentLength,
        long segmentPosition,
        int targetLength,
        int compressedSections,
        int dataLength,
        int instructionsLength,
        int addressesLength,
        long adler32) {

    private static final int SOURCE = 1;
    private static final int TARGET = 2;
    private static final int ADLER32 = 4;
    private static final int ALL_SECTIONS = 7;

    enum Origin { NONE, SOURCE, TARGET }

    /** @param indicator the window's first byte */
    static WindowHeader read(int indicator, DeltaInput delta, DeltaHeader header, VcdiffLimits limits) throws IOException {
        Origin origin = origin(indicator);
        long segmentLength = origin == Origin.NONE ? 0 : delta.number();
        long segmentPosition = origin == Origin.NONE ? 0 : delta.number();
        long encodingLength = delta.number();
        long start = delta.position();
        int targetLength = bounded(delta.number(), limits.windowBytes(), "the target window");
        int compressed = compressed(delta.oneByte(), header);
        int most = sectionLimit(targetLength);
        int data = bounded(delta.number(), most, "the data section");
        int instructions = bounded(delta.number(), most, "the instructions section");
        int addresses = bounded(delta.number(), most, "the addresses section");
        long adler32 = (indicator & ADLER32) == 0 ? -1 : delta.fourBytes();
        checkLength(encodingLength, delta.position() - start + data + instructions + addresses);
        return new WindowHeader(origin, segmentLength, segmentPosition, targetLength, compressed, data, instructions,
                addresses, adler32);
    }

    /** The most bytes a section makes sense with: an address of five bytes for every copy of four is the worst. */
    static int sectionLimit(int targetLength) {
        return targetLength + targetLength / 2 + 256;
    }

    static int bounded(long length, int most, String what) throws VcdiffException {
        if (length > most) {
            throw new VcdiffException(what + " must not be longer than " + most + " bytes, got " + length);
        }
        return (int) length;
    }

    private static Origin origin(int indicator) throws VcdiffException {
        if ((indicator & ~(SOURCE | TARGET | ADLER32)) != 0 || (indicator & (SOURCE | TARGET)) == (SOURCE | TARGET)) {
            throw new VcdiffException(String.format(
                    "the window indicator must be source (01), target (02) or neither, with or without Adler-32 (04), got %02x",
                    indicator));
        }
        if ((indicator & SOURCE) != 0) {
            return Origin.SOURCE;
        }
        return (indicator & TARGET) != 0 ? Origin.TARGET : Origin.NONE;
    }

    private static int compressed(int indicator, DeltaHeader header) throws VcdiffException {
        int allowed = header.compressed() ? ALL_SECTIONS : 0;
        if ((indicator & ~allowed) != 0) {
            throw new VcdiffException(
                    String.format("the delta indicator must have no bits but %02x, got %02x", allowed, indicator));
        }
        return indicator;
    }

    private static void checkLength(long told, long found) throws VcdiffException {
        if (told != found) {
            throw new VcdiffException("the window must be " + told + " bytes long, but its parts are " + found);
        }
    }
}
