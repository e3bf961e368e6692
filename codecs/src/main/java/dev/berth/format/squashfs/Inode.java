package dev.berth.format.squashfs;

import java.io.IOException;

/** The inodes a reader of images needs; all others are {@link Other}. */
sealed interface Inode permits Inode.Folder, Inode.Regular, Inode.Other {
    /** Stands for "no fragment" and, in length fields, for "none". */
    long NONE = 0xffff_ffffL;

    /**
     * @param block position of its listing's first metadata block, from the start of the directory table
     * @param offset bytes into that block
     * @param bytes length of the listing
     */
    record Folder(long block, int offset, long bytes) implements Inode {}

    /**
     * @param start file position of its first data block
     * @param bytes its length
     * @param fragment number of the fragment with its tail, or {@link #NONE}
     * @param offset where its tail starts in the fragment
     * @param blocks reader that stands at the list of its block sizes
     */
    record Regular(long start, long bytes, long fragment, long offset, MetadataReader blocks) implements Inode {}

    /** Links, devices, FIFOs, sockets. */
    record Other() implements Inode {}

    static Inode read(MetadataReader in) throws IOException {
        int type = in.u16();
        in.skip(14);
        return switch (type) {
            case 1 -> folder(in);
            case 2 -> regular(in);
            case 8 -> extendedFolder(in);
            case 9 -> extendedRegular(in);
            default -> new Other();
        };
    }

    private static Folder folder(MetadataReader in) throws IOException {
        long block = in.u32();
        in.skip(4);
        long bytes = in.u16();
        return new Folder(block, in.u16(), bytes);
    }

    private static Folder extendedFolder(MetadataReader in) throws IOException {
        in.skip(4);
        long bytes = in.u32();
        long block = in.u32();
        in.skip(6);
        return new Folder(block, in.u16(), bytes);
    }

    private static Regular regular(MetadataReader in) throws IOException {
        long start = in.u32();
        long fragment = in.u32();
        long offset = in.u32();
        return new Regular(start, in.u32(), fragment, offset, in);
    }

    private static Regular extendedRegular(MetadataReader in) throws IOException {
        long start = in.s64();
        long bytes = in.s64();
        in.skip(12);
        long fragment = in.u32();
        long offset = in.u32();
        in.skip(4);
        return new Regular(start, bytes, fragment, offset, in);
    }
}
