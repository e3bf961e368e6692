package dev.berth.format.squashfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Puts a small file together from its data blocks and the fragment with its tail. */
final class FileContent {
    private static final int STORED_AS_IS = 1 << 24;
    private static final int ENTRIES_PER_BLOCK = 512;
    private static final int ENTRY_BYTES = 16;

    private final BlockFile file;
    private final Superblock superblock;

    FileContent(BlockFile file, Superblock superblock) {
        this.file = file;
        this.superblock = superblock;
    }

    /** The whole content of a file whose size the caller found acceptable. */
    byte[] of(Inode.Regular inode) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean hasFragment = inode.fragment() != Inode.NONE;
        long position = inode.start();
        long left = inode.bytes();
        while (left >= superblock.blockSize() || left > 0 && !hasFragment) {
            int wanted = (int) Math.min(left, superblock.blockSize());
            int stated = inode.blocks().s32();
            content.writeBytes(block(position, stated, wanted));
            position += stored(stated);
            left -= wanted;
        }
        if (left > 0) {
            content.writeBytes(tail(inode, (int) left));
        }
        return content.toByteArray();
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
        if (inode.fragment() >= superblock.fragmentCount()) {
            throw BlockFile.outside();
        }
        int indexed = (int) (inode.fragment() / ENTRIES_PER_BLOCK);
        int offset = (int) (inode.fragment() % ENTRIES_PER_BLOCK) * ENTRY_BYTES;
        long table = file.longAt(superblock.fragments() + (long) indexed * Long.BYTES);
        MetadataReader entry = new MetadataReader(file, superblock.codec(), table, offset);
        long position = entry.s64();
        byte[] fragment = data(position, entry.s32());
        if (inode.offset() > fragment.length - wanted) {
            throw BlockFile.outside();
        }
        byte[] tail = new byte[wanted];
        System.arraycopy(fragment, (int) inode.offset(), tail, 0, wanted);
        return tail;
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
