package dev.berth.format.squashfs;

import dev.berth.format.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first 96 bytes, checked as far as a reader depends on them.
 *
 * @param blockSize bytes in a full data block, a power of two from 4 KiB to 1 MiB
 * @param codec how blocks are compressed
 * @param root where the root directory's inode is
 * @param inodes file position of the inode table
 * @param directories file position of the directory table
 * @param fragments file position of the index of the fragment table
 * @param fragmentCount entries of the fragment table
 * @param ids file position of the index of the id table
 * @param idCount entries of the id table
 * @param attributes file position of the index of extended attributes, or -1
 */
record Superblock(
        int blockSize, BlockCodec codec, InodeAddress root, long inodes, long directories, long fragments, long fragmentCount,
        long ids, int idCount, long attributes) {
    static final int BYTES = 96;
    private static final int MAGIC = 0x73717368;
    private static final int MAJOR = 4;
    private static final int SMALLEST_BLOCK = 4096;
    private static final int LARGEST_BLOCK = 1 << 20;

    static Superblock parse(byte[] bytes) throws FormatException {
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        check(fields.getInt(0) == MAGIC, "it does not start with hsqs");
        int major = fields.getShort(28);
        int minor = fields.getShort(30);
        check(major == MAJOR && minor == 0, "its version must be 4.0, it is " + major + "." + minor);
        int blockSize = fields.getInt(12);
        check(blockSize >= SMALLEST_BLOCK && blockSize <= LARGEST_BLOCK && Integer.bitCount(blockSize) == 1,
                "its block size must be a power of two from 4096 to 1048576, it is " + Integer.toUnsignedString(blockSize));
        return new Superblock(
                blockSize,
                BlockCodec.of(fields.getShort(20)),
                InodeAddress.of(fields.getLong(32)),
                fields.getLong(64),
                fields.getLong(72),
                fields.getLong(80),
                Integer.toUnsignedLong(fields.getInt(16)),
                fields.getLong(48),
                Short.toUnsignedInt(fields.getShort(26)),
                fields.getLong(56));
    }

    private static void check(boolean fine, String problem) throws FormatException {
        if (!fine) {
            throw new FormatException("cannot read the squashfs: " + problem);
        }
    }
}
