package dev.berth.format.tar;

import dev.berth.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One 512-byte header block, checked. Field positions are those of POSIX ustar and its relatives. */
final class TarHeader {
    static final int BLOCK = 512;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_END = 156;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_LENGTH = 155;
    private static final int STAR_PREFIX_LENGTH = 131;
    private static final int STAR_TRAILER_AT = 508;
    private static final int GNU_EXTENDED_AT = 482;

    private final byte[] block;

    private TarHeader(byte[] block) {
        this.block = block;
    }

    /** Takes a block that is not all zeros; refuses one whose checksum is wrong. */
    static TarHeader of(byte[] block) throws FormatException {
        TarHeader header = new TarHeader(block);
        if (!header.checksumFits()) {
            throw invalid();
        }
        return header;
    }

    static FormatException invalid() {
        return new FormatException("archive/tar: invalid tar header");
    }

    /** The type letter; a NUL of old tars becomes '0', or '5' when the name ends in a slash. */
    char type() {
        char type = (char) (block[TYPE_AT] & 0xff);
        if (type != 0) {
            return type;
        }
        return name().endsWith("/") ? '5' : '0';
    }

    long size() throws FormatException {
        long size = TarNumbers.parse(block, SIZE_AT, SIZE_LENGTH);
        if (size < 0) {
            throw invalid();
        }
        return size;
    }

    String name() {
        String name = text(0, 100);
        String prefix = prefix();
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** True when an old GNU sparse header says that more of its map follows in the next block. */
    boolean sparseMapContinues() {
        return block[GNU_EXTENDED_AT] != 0;
    }

    private String prefix() {
        if (!text(MAGIC_AT, 6).equals("ustar") || block[MAGIC_AT + 5] != 0) {
            return "";
        }
        boolean star = text(STAR_TRAILER_AT, 4).equals("tar");
        return text(PREFIX_AT, star ? STAR_PREFIX_LENGTH : PREFIX_LENGTH);
    }

    private String text(int from, int length) {
        int end = from;
        while (end < from + length && block[end] != 0) {
            end++;
        }
        return new String(block, from, end - from, StandardCharsets.UTF_8);
    }

    private boolean checksumFits() throws FormatException {
        byte[] summed = block.clone();
        Arrays.fill(summed, CHECKSUM_AT, CHECKSUM_END, (byte) ' ');
        long unsigned = 0;
        long signed = 0;
        for (byte b : summed) {
            unsigned += b & 0xff;
            signed += b;
        }
        long stored = TarNumbers.parse(block, CHECKSUM_AT, CHECKSUM_END - CHECKSUM_AT);
        return stored == unsigned || stored == signed;
    }
}
