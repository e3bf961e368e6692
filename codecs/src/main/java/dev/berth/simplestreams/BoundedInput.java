package dev.berth.simplestreams;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A document's bytes, up to a limit; one byte more ends the reading. */
final class BoundedInput extends FilterInputStream {
    private final long most;
    private long read;

    BoundedInput(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int got = in.read(bytes, from, length);
        read += Math.max(got, 0);
        if (read > most) {
            throw new StreamFormatException("the document must not be larger than " + most + " bytes, but it goes on");
        }
        return got;
    }
}
