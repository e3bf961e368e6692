package dev.berth.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the first bytes of a file say it is. Names never matter; the order of the constants is the order of LXD's checks
 * (formats 1.2).
 */
public enum Compression {
    BZIP2(".tar.bz2", 0, "BZ"),
    GZIP(".tar.gz", 0, "\u001f\u008b"),
    XZ(".tar.xz", 0, "\u00fd7zXZ"),
    /** An xz-like magic with another first byte; LXD counts it as lzma, and then cannot read it. */
    LZMA_LIKE_XZ(".tar.lzma", 1, "7zXZ"),
    LZMA(".tar.lzma", 0, "]\0\0"),
    /** A plain tar with a magic; V7 tars have none and are not recognised. */
    TAR(".tar", 257, "ustar"),
    SQUASHFS(".squashfs", 0, "hsqs"),
    QCOW2(".qcow2", 0, "QFI"),
    ZSTD(".tar.zst", 0, "\u0028\u00b5\u002f\u00fd"),
    /** An lz4 frame; only in the Incus dialect. */
    LZ4(".tar.lz4", 0, "\u0004\"M\u0018");

    /** The number of bytes from the start of a file that decide; more are not looked at. */
    public static final int HEAD_BYTES = 263;

    private final String extension;
    private final int offset;
    private final byte[] magic;

    Compression(String extension, int offset, String magic) {
        this.extension = extension;
        this.offset = offset;
        this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Recognises a file by its start.
     *
     * @param head the first {@link #HEAD_BYTES} bytes, or the whole file when it is shorter
     */
    public static Optional<Compression> sniff(byte[] head, Dialect dialect) {
        byte[] seen = dialect == Dialect.LXD || head.length > HEAD_BYTES ? Arrays.copyOf(head, HEAD_BYTES) : head;
        return Arrays.stream(values())
                .filter(compression -> compression.knownTo(dialect) && compression.matches(seen))
                .findFirst();
    }

    /**
     * The extension for a file that starts like this, or empty when it is unknown; garbage is a legal rootfs (formats
     * fact 40).
     */
    public static String extensionOf(byte[] head, Dialect dialect) {
        return sniff(head, dialect).map(Compression::extension).orElse("");
    }

    /** The extension with its leading dot, for example {@code .tar.xz}. */
    public String extension() {
        return extension;
    }

    private boolean knownTo(Dialect dialect) {
        return this != LZ4 || dialect == Dialect.INCUS;
    }

    private boolean matches(byte[] head) {
        int end = offset + magic.length;
        return head.length >= end && Arrays.equals(head, offset, end, magic, 0, magic.length);
    }
}
