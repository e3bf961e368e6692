package dev.berth.format.squashfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Puts files together from their data blocks and the fragments with their tails. Holds one block and one fragment. */
final class FileContent {
    private static final int STORED_AS_IS = 1 << 24;
    private static final int ENTRIES_PER_BLOCK = 512;
    private static final int ENTRY_BYTES = 16;

    private final BlockFile file;
    private final Superblock superblock;
    /** Tails of neighbours are in one fragment. */
    private long keptNumber = Inode.NONE;
    private byte[] kept = {};

    FileContent(BlockFile file, Superblock superblock) {
        this.file = file;
        this.superblock = superblock;
    }

    /** The whole content of a file whose size the caller found acceptable. */
    byte[] of(Inode.Regular inode) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        copy(inode, content);
        return content.toByteArray();
    }

    /** Writes the whole content, block by block. Once for each inode: its list of blocks is read on the way. */
    void copy(Inode.Regular inode, OutputStream out) throws IOException {
        boolean hasFragment = inode.fragment() != Inode.NONE;
        long position = inode.start();
        long left = inode.bytes();
        while (left >= superblock.blockSize() || left > 0 && !hasFragment) {
            int wanted = (int) Math.min(left, superblock.blockSize());
            int stated = inode.blocks().s32();
            out.write(block(position, stated, wanted));
            position += stored(stated);
            left -= wanted;
        }
        if (left > 0) {
            out.write(tail(inode, (int) left));
        }
    }

    private byte[] block(long position, int stated, int wanted) throws IOException {
        if (stored(stated) == 0) {
            return new byte[wanted];
        }
        byte[] block = data(position, stated);
        if (block.length != wanted) {
            throw BlockFile.outside();
        }
        return block;
    }

    private byte[] tail(Inode.Regular inode, int wanted) throws IOException {
        byte[] fragment = fragment(inode.fragment());
        if (inode.offset() > fragment.length - wanted) {
            throw BlockFile.outside();
        }
        byte[] tail = new byte[wanted];
        System.arraycopy(fragment, (int) inode.offset(), tail, 0, wanted);
        return tail;
    }

    private byte[] fragment(long number) throws IOException {
        if (number == keptNumber) {
            return kept;
        }
        if (number >= superblock.fragmentCount()) {
            throw BlockFile.outside();
        }
        int indexed = (int) (number / ENTRIES_PER_BLOCK);
        int offset = (int) (number % ENTRIES_PER_BLOCK) * ENTRY_BYTES;
        long table = file.longAt(superblock.fragments() + (long) indexed * Long.BYTES);
        MetadataReader entry = new MetadataReader(file, superblock.codec(), table, offset);
        long position = entry.s64();
        kept = data(position, entry.s32());
        keptNumber = number;
        return kept;
    }

    private byte[] data(long position, int stated) throws IOException {
        int stored = stored(stated);
        if (stored > superblock.blockSize()) {
            throw BlockFile.outside();
        }
        byte[] bytes = file.read(position, stored);
        return (stated & STORED_AS_IS) != 0 ? bytes : superblock.codec().decompress(bytes, superblock.blockSize());
    }

    private static int stored(int stated) {
        return stated & STORED_AS_IS - 1;
    }
}
