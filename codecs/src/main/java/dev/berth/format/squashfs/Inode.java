package dev.berth.format.squashfs;

import dev.berth.format.FormatException;
import java.io.IOException;

/** What is behind a name. Texts are ISO 8859-1: one byte in each character. */
sealed interface Inode permits Inode.Folder, Inode.Regular, Inode.Link, Inode.Device, Inode.Other {
    /** Stands for "no fragment", "no attributes" and, in length fields, for "none". */
    long NONE = 0xffff_ffffL;
    /** A path is at most this long, and so is the target of a link. */
    int LONGEST_TARGET = 65_535;

    /** What every inode says. */
    Facts facts();

    /**
     * @param mode permission bits
     * @param owner index into the table of numeric ids
     * @param group as owner
     * @param seconds when it was changed, since 1970
     * @param number the inode's; several names with one number are hard links
     * @param links how many names there are
     * @param attributes index of its extended attributes, or {@link #NONE}
     */
    record Facts(int mode, int owner, int group, long seconds, long number, long links, long attributes) {
        Facts with(long names, long list) {
            return new Facts(mode, owner, group, seconds, number, names, list);
        }
    }

    /**
     * @param block position of its listing's first metadata block, from the start of the directory table
     * @param offset bytes into that block
     * @param bytes length of the listing
     */
    record Folder(Facts facts, long block, int offset, long bytes) implements Inode {}

    /**
     * @param start file position of its first data block
     * @param bytes its length
     * @param fragment number of the fragment with its tail, or {@link #NONE}
     * @param offset where its tail starts in the fragment
     * @param blocks reader that stands at the list of its block sizes
     */
    record Regular(Facts facts, long start, long bytes, long fragment, long offset, MetadataReader blocks)
            implements Inode {}

    /** A symbolic link. */
    record Link(Facts facts, String target) implements Inode {}

    /** A device node; its number is encoded as Linux does. */
    record Device(Facts facts, boolean block, long number) implements Inode {}

    /**
     * Things without content.
     *
     * @param fifo else a socket
     */
    record Other(Facts facts, boolean fifo) implements Inode {}

    static Inode read(MetadataReader in) throws IOException {
        int type = in.u16();
        Facts facts = new Facts(in.u16(), in.u16(), in.u16(), in.u32(), in.u32(), 1, NONE);
        return switch (type) {
            case 1 -> folder(facts, in);
            case 2 -> regular(facts, in);
            case 3 -> link(facts, in, false);
            case 4, 5 -> device(facts, in, type == 4, false);
            case 6, 7 -> new Other(facts.with(in.u32(), NONE), type == 6);
            case 8 -> extendedFolder(facts, in);
            case 9 -> extendedRegular(facts, in);
            case 10 -> link(facts, in, true);
            case 11, 12 -> device(facts, in, type == 11, true);
            case 13, 14 -> new Other(facts.with(in.u32(), in.u32()), type == 13);
            default -> throw new FormatException("cannot read the squashfs: an inode is of type " + type);
        };
    }

    private static Folder folder(Facts facts, MetadataReader in) throws IOException {
        long block = in.u32();
        in.skip(4);
        long bytes = in.u16();
        return new Folder(facts, block, in.u16(), bytes);
    }

    private static Folder extendedFolder(Facts facts, MetadataReader in) throws IOException {
        in.skip(4);
        long bytes = in.u32();
        long block = in.u32();
        in.skip(6);
        int offset = in.u16();
        return new Folder(facts.with(1, in.u32()), block, offset, bytes);
    }

    private static Regular regular(Facts facts, MetadataReader in) throws IOException {
        long start = in.u32();
        long fragment = in.u32();
        long offset = in.u32();
        return new Regular(facts, start, in.u32(), fragment, offset, in);
    }

    private static Regular extendedRegular(Facts facts, MetadataReader in) throws IOException {
        long start = in.s64();
        long bytes = in.s64();
        in.skip(8);
        long links = in.u32();
        long fragment = in.u32();
        long offset = in.u32();
        return new Regular(facts.with(links, in.u32()), start, bytes, fragment, offset, in);
    }

    private static Link link(Facts facts, MetadataReader in, boolean extended) throws IOException {
        long links = in.u32();
        long length = in.u32();
        if (length > LONGEST_TARGET) {
            throw new FormatException("cannot read the squashfs: a symbolic link has a target of " + length + " bytes");
        }
        String target = in.bytesAsText((int) length);
        return new Link(facts.with(links, extended ? in.u32() : NONE), target);
    }

    private static Device device(Facts facts, MetadataReader in, boolean block, boolean extended) throws IOException {
        long links = in.u32();
        long number = in.u32();
        return new Device(facts.with(links, extended ? in.u32() : NONE), block, number);
    }
}
