package dev.berth.format;

import java.io.IOException;
import java.io.InputStream;

/** Gives few bytes at a time and never says how many are available, as a network does; may break at its end. */
final class TricklingStream extends InputStream {
    private static final int SIP = 13;

    private final byte[] bytes;
    private final IOException end;
    private int taken;
    private boolean closed;

    TricklingStream(byte[] bytes) {
        this(bytes, null);
    }

    TricklingStream(byte[] bytes, IOException end) {
        this.bytes = bytes;
        this.end = end;
    }

    int taken() {
        return taken;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public int read() throws IOException {
        if (taken < bytes.length) {
            return bytes[taken++] & 0xff;
        }
        if (end != null) {
            throw end;
        }
        return -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        return super.read(into, from, Math.min(Math.min(length, SIP), Math.max(1, bytes.length - taken)));
    }

    @Override
    public void close() {
        closed = true;
    }
}
