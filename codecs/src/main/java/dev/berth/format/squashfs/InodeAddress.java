package dev.berth.format.squashfs;

/**
 * Where an inode starts.
 *
 * @param block position of its metadata block, from the start of the inode table
 * @param offset bytes into the decompressed block
 */
record InodeAddress(long block, int offset) {
    static InodeAddress of(long reference) {
        return new InodeAddress(reference >>> 16, (int) (reference & 0xffff));
    }
}
