package dev.berth.serve.download;

import dev.berth.kit.disk.OutFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;

/** Where the encoder writes: into the file, the digest and the readers' view, within the room there is. */
final class ConversionOutput extends OutputStream {
    /** Room is taken in steps. */
    private static final long STEP = 1 << 20;
    private static final int DIGEST_CHARS = 16;

    private final OutFile file;
    private final Shelf shelf;
    private final Conversion conversion;
    private final BooleanSupplier stopping;
    private final MessageDigest digest = sha256();
    private long reserved;
    private long length;

    /** @param stopping asked at each write; true ends the work */
    ConversionOutput(OutFile file, Shelf shelf, Conversion conversion, BooleanSupplier stopping) {
        this.file = file;
        this.shelf = shelf;
        this.conversion = conversion;
        this.stopping = stopping;
    }

    long length() {
        return length;
    }

    /** The start of the file's SHA-256. */
    String digest() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARS);
    }

    /** Gives the room back; who keeps the file counts it from then on. */
    void release() {
        shelf.release(reserved);
        reserved = 0;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (stopping.getAsBoolean()) {
            throw new IOException("the service is stopping");
        }
        while (length + count > reserved) {
            shelf.reserve(STEP);
            reserved += STEP;
        }
        file.write(ByteBuffer.wrap(bytes, from, count));
        digest.update(bytes, from, count);
        length += count;
        conversion.grew(count);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
