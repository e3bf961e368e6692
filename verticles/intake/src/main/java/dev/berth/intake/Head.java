package dev.berth.intake;

import dev.berth.format.Compression;
import dev.berth.format.Dialect;
import io.vertx.core.buffer.Buffer;

/** Keeps the first bytes of a file, as many as its magic needs. */
final class Head {
    private static final int MAGIC_REACH = 263;

    private final Buffer bytes = Buffer.buffer(MAGIC_REACH);

    void add(Buffer more) {
        int missing = MAGIC_REACH - bytes.length();
        if (missing > 0) {
            bytes.appendBuffer(more, 0, Math.min(missing, more.length()));
        }
    }

    /** The extension its magic stands for; empty when unknown, which is no error for a rootfs (formats fact 40). */
    String extension() {
        return Compression.sniff(bytes.getBytes(), Dialect.INCUS).map(Compression::extension).orElse("");
    }
}
