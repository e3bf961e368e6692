package dev.berth.vcdiff;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The delta's bytes in order. Its end in the middle of something is the delta's fault. */
final class DeltaInput {
    private static final int BUFFER = 64 * 1024;

    private final BufferedInputStream in;
    private long position;

    DeltaInput(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER);
    }

    /** Bytes read so far. */
    long position() {
        return position;
    }

    /** The next byte, or -1 at the end. */
    int byteOrEnd() throws IOException {
        int value = in.read();
        position += value < 0 ? 0 : 1;
        return value;
    }

    int oneByte() throws IOException {
        int value = byteOrEnd();
        if (value < 0) {
            throw endsEarly();
        }
        return value;
    }

    /** Reads at least one byte. */
    int some(byte[] to, int from, int length) throws IOException {
        int got = in.read(to, from, length);
        if (got < 0) {
            throw endsEarly();
        }
        position += got;
        return got;
    }

    void fully(byte[] to, int length) throws IOException {
        for (int at = 0; at < length; ) {
            at += some(to, at, length - at);
        }
    }

    void skip(long bytes) throws IOException {
        byte[] away = new byte[(int) Math.min(bytes, BUFFER)];
        for (long left = bytes; left > 0; ) {
            left -= some(away, 0, (int) Math.min(left, away.length));
        }
    }

    /** Four bytes, the most significant first. */
    long fourBytes() throws IOException {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | oneByte();
        }
        return value;
    }

    long number() throws IOException {
        return VariableLength.read(this::oneByte);
    }

    private VcdiffException endsEarly() {
        return new VcdiffException("the delta ends in the middle, after " + position + " bytes");
    }
}
