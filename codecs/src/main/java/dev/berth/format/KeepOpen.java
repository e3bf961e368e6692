package dev.berth.format;

import java.io.FilterInputStream;
import java.io.InputStream;

/** Lets decoders be closed, so that they free their memory, without closing what they read from: that belongs to the caller. */
final class KeepOpen extends FilterInputStream {
    KeepOpen(InputStream in) {
        super(in);
    }

    @Override
    public void close() {
        in = InputStream.nullInputStream();
    }
}
