package dev.berth.format.squashfs;

import java.io.IOException;

/** The numeric users and groups of a file system; inodes name them by their place in this table. */
final class IdTable {
    private static final int PER_BLOCK = 2048;

    private final long[] ids;

    private IdTable(long[] ids) {
        this.ids = ids;
    }

    static IdTable read(BlockFile file, Superblock superblock) throws IOException {
        long[] ids = new long[superblock.idCount()];
        for (int first = 0; first < ids.length; first += PER_BLOCK) {
            long block = file.longAt(superblock.ids() + (long) first / PER_BLOCK * Long.BYTES);
            MetadataReader in = new MetadataReader(file, superblock.codec(), block, 0);
            for (int i = first; i < Math.min(ids.length, first + PER_BLOCK); i++) {
                ids[i] = in.u32();
            }
        }
        return new IdTable(ids);
    }

    long id(int index) throws IOException {
        if (index >= ids.length) {
            throw BlockFile.outside();
        }
        return ids[index];
    }
}
