package dev.berth.format.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A header block in the making, or one that is changed. Texts are ISO 8859-1: one byte in each character. */
final class HeaderBlock {
    static final int NAME_BYTES = 100;
    private static final int LINK_AT = 157;
    private static final int SIZE_AT = 124;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;
    private static final int STAR_PREFIX_BYTES = 131;
    private static final int CHECKSUM_AT = 148;
    private static final int LONG_FIELD = 12;
    private static final int SHORT_FIELD = 8;
    private static final String USTAR = "ustar\00000";

    private final byte[] block;

    /** Takes over a block as it was read. */
    HeaderBlock(byte[] block) {
        this.block = block;
    }

    /** A new one; its size is 0 and its owner root. */
    HeaderBlock(String name, char type, int mode) {
        this(new byte[TarHeader.BLOCK]);
        name(name);
        block[156] = (byte) type;
        number(100, SHORT_FIELD, mode);
        number(108, SHORT_FIELD, 0);
        number(116, SHORT_FIELD, 0);
        number(136, LONG_FIELD, 0);
        size(0);
        put(MAGIC_AT, USTAR.length(), USTAR);
    }

    String name() {
        String name = text(0, NAME_BYTES);
        String prefix = isUstar() ? text(PREFIX_AT, prefixBytes()) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    String link() {
        return text(LINK_AT, NAME_BYTES);
    }

    /** True for the headers of old GNU tar, which keeps other things where ustar has the prefix of a name. */
    boolean isGnu() {
        return text(MAGIC_AT, SHORT_FIELD).equals("ustar  ");
    }

    /** Sets the name as far as it fits; a longer one needs an extended header before. */
    void name(String name) {
        put(0, NAME_BYTES, name);
        if (isUstar()) {
            put(PREFIX_AT, prefixBytes(), "");
        }
    }

    /** As {@link #name(String)}. */
    void link(String link) {
        put(LINK_AT, NAME_BYTES, link);
    }

    void size(long bytes) {
        number(SIZE_AT, LONG_FIELD, bytes);
    }

    void owner(long owner, long group) {
        number(108, SHORT_FIELD, owner);
        number(116, SHORT_FIELD, group);
    }

    void time(long seconds) {
        number(136, LONG_FIELD, seconds);
    }

    void device(int major, int minor) {
        number(329, SHORT_FIELD, major);
        number(337, SHORT_FIELD, minor);
    }

    /** The block with its checksum. */
    byte[] sealed() {
        Arrays.fill(block, CHECKSUM_AT, CHECKSUM_AT + SHORT_FIELD, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(CHECKSUM_AT, SHORT_FIELD, String.format("%06o\0 ", sum));
        return block;
    }

    private boolean isUstar() {
        return text(MAGIC_AT, 6).equals("ustar") && block[MAGIC_AT + 5] == 0;
    }

    private int prefixBytes() {
        return text(508, 4).equals("tar") ? STAR_PREFIX_BYTES : PREFIX_BYTES;
    }

    /** Octal digits with a NUL, or GNU's binary form for what does not fit. */
    private void number(int at, int length, long value) {
        String digits = Long.toOctalString(value);
        if (value >= 0 && digits.length() < length) {
            put(at, length, "0".repeat(length - 1 - digits.length()) + digits);
            return;
        }
        Arrays.fill(block, at, at + length, (byte) (value < 0 ? 0xff : 0));
        for (int i = 0; i < Math.min(Long.BYTES, length - 1); i++) {
            block[at + length - 1 - i] = (byte) (value >> 8 * i);
        }
        block[at] |= (byte) 0x80;
    }

    private void put(int at, int length, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Arrays.fill(block, at, at + length, (byte) 0);
        System.arraycopy(bytes, 0, block, at, Math.min(length, bytes.length));
    }

    private String text(int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.ISO_8859_1);
    }
}
