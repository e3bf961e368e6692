package dev.berth.vcdiff;

import java.io.IOException;

/** Numbers of seven bits per byte, the most significant first, all but the last byte marked (RFC 3284, section 2). */
final class VariableLength {
    private static final long LARGEST_PREFIX = Long.MAX_VALUE >> 7;

    private VariableLength() {}

    interface Bytes {
        int next() throws IOException;
    }

    static long read(Bytes bytes) throws IOException {
        long value = 0;
        int next;
        do {
            if (value > LARGEST_PREFIX) {
                throw new VcdiffException("a number in the delta must fit into 63 bits, but it is larger");
            }
            next = bytes.next();
            value = value << 7 | next & 0x7f;
        } while ((next & 0x80) != 0);
        return value;
    }
}
