package dev.berth.vcdiff;

/**
 * What a window may copy from besides itself.
 *
 * @param reader null when there is nothing
 * @param position where it begins in the file
 * @param length in bytes
 */
record Segment(SegmentReader reader, long position, long length) {
    static final Segment NONE = new Segment(null, 0, 0);
}
