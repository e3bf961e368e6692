package dev.berth.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes tar archives byte by byte, so that a test can also say what no honest program writes. Every method appends one
 * member; {@link #build} ends the archive.
 */
public final class TarBuilder {
    private static final int BLOCK = 512;
    private static final String FOLDER_MODE = "0000755";

    /** Which tar program the headers look like; they differ in the magic. */
    public enum Flavour {
        /** No magic at all. */
        V7(""),
        USTAR("ustar\00000"),
        GNU("ustar  \0");

        private final String magic;

        Flavour(String magic) {
            this.magic = magic;
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Flavour flavour;

    private TarBuilder(Flavour flavour) {
        this.flavour = flavour;
    }

    public static TarBuilder of(Flavour flavour) {
        return new TarBuilder(flavour);
    }

    /** The usual: ustar, which PAX archives are, too. */
    public static TarBuilder tar() {
        return of(Flavour.USTAR);
    }

    public TarBuilder file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public TarBuilder file(String name, byte[] content) {
        return header(name, flavour == Flavour.V7 ? '\0' : '0', content.length).data(content);
    }

    public TarBuilder directory(String name) {
        return header(name, '5', 0);
    }

    public TarBuilder symbolicLink(String name, String target) {
        return append(linked(name, '2', target));
    }

    public TarBuilder hardLink(String name, String target) {
        return append(linked(name, '1', target));
    }

    /** A PAX extended header with one record, for the member that follows. */
    public TarBuilder pax(String key, String value) {
        return pax('x', key, value);
    }

    /** A global PAX header with one record. */
    public TarBuilder globalPax(String key, String value) {
        return pax('g', key, value);
    }

    /** A GNU long name for the member that follows. */
    public TarBuilder gnuLongName(String name) {
        byte[] data = (name + "\0").getBytes(StandardCharsets.UTF_8);
        return header("././@LongLink", 'L', data.length).data(data);
    }

    /** A header alone, which may lie about what follows. A size beyond 8 GiB, or below 0, is written in GNU's binary form. */
    public TarBuilder header(String name, char type, long size) {
        byte[] block = block(name, type, size);
        return append(sealed(block));
    }

    /** Content of the header before, padded to whole blocks. */
    public TarBuilder data(byte[] content) {
        out.writeBytes(content);
        out.writeBytes(new byte[-content.length & BLOCK - 1]);
        return this;
    }

    /** Bytes as they are. */
    public TarBuilder append(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The archive with its two closing blocks of zeros. */
    public byte[] build() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(new byte[2 * BLOCK]);
        return whole.toByteArray();
    }

    /** The archive as far as it goes, without an end. */
    public byte[] unfinished() {
        return out.toByteArray();
    }

    private TarBuilder pax(char type, String key, String value) {
        byte[] record = paxRecord(key, value);
        return header("PaxHeaders/0", type, record.length).data(record);
    }

    private static byte[] paxRecord(String key, String value) {
        byte[] rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
        int length = rest.length + Integer.toString(rest.length).length();
        length = rest.length + Integer.toString(length).length();
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        record.writeBytes(rest);
        return record.toByteArray();
    }

    private byte[] linked(String name, char type, String target) {
        byte[] block = block(name, type, 0);
        put(block, 157, target);
        return sealed(block);
    }

    private byte[] block(String name, char type, long size) {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, FOLDER_MODE);
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        putSize(block, size);
        put(block, 136, "00000000000");
        block[156] = (byte) type;
        put(block, 257, flavour.magic);
        return block;
    }

    private static void putSize(byte[] block, long size) {
        if (size >= 0 && size < 1L << 33) {
            put(block, 124, String.format("%011o", size));
            return;
        }
        Arrays.fill(block, 124, 128, (byte) (size < 0 ? 0xff : 0));
        block[124] |= (byte) 0x80;
        for (int i = 0; i < 8; i++) {
            block[128 + i] = (byte) (size >> 56 - 8 * i);
        }
    }

    private static byte[] sealed(byte[] block) {
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, String.format("%06o\0 ", sum));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
