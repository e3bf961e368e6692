package dev.berth.format;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes as they arrive: counted, and with a memory of whether their source broke, so that decoders' complaints can be
 * told apart from it.
 */
final class SourceStream extends FilterInputStream {
    private long arrived;
    private IOException broken;

    SourceStream(InputStream in) {
        super(in);
    }

    /** Bytes taken from the source so far. */
    long arrived() {
        return arrived;
    }

    /** Throws what the source threw, if it did. */
    void rethrowIfBroken() throws IOException {
        if (broken != null) {
            throw broken;
        }
    }

    /** A buffer over this stream for decoders that read single bytes. */
    BufferedInputStream buffered() {
        return new BufferedInputStream(this, 64 * 1024);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            int got = in.read(bytes, from, length);
            arrived += Math.max(got, 0);
            return got;
        } catch (IOException e) {
            broken = e;
            throw e;
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        return Math.max(0, read(new byte[(int) Math.max(0, Math.min(bytes, 4096))]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
