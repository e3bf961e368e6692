package dev.berth.vcdiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Reads pieces of a file at any place. Small pieces go through a cache of pages, as a delta may copy many from one spot. */
final class SegmentReader {
    private static final int PAGE = 4096;
    private static final int PAGES = 256;
    private static final int LARGEST_READ = 256 * 1024;

    private final FileChannel file;
    private final String name;
    private final byte[][] pages = new byte[PAGES][];
    private final long[] numbers = new long[PAGES];

    SegmentReader(FileChannel file, String name) {
        this.file = file;
        this.name = name;
        forget();
    }

    /** To be called when the file may have changed. */
    void forget() {
        Arrays.fill(numbers, -1);
    }

    void read(long position, byte[] to, int from, int length) throws IOException {
        if (length >= PAGE) {
            direct(position, to, from, length);
            return;
        }
        int within = (int) (position % PAGE);
        int first = Math.min(length, PAGE - within);
        System.arraycopy(page(position / PAGE, within + first), within, to, from, first);
        if (first < length) {
            System.arraycopy(page(position / PAGE + 1, length - first), 0, to, from + first, length - first);
        }
    }

    private byte[] page(long number, int needed) throws IOException {
        int slot = (int) (number % PAGES);
        if (numbers[slot] != number) {
            pages[slot] = pages[slot] == null ? new byte[PAGE] : pages[slot];
            numbers[slot] = -1;
            int got = upTo(number * PAGE, pages[slot], 0, PAGE);
            checkGot(number * PAGE, needed, got);
            numbers[slot] = number;
        }
        return pages[slot];
    }

    /** In pieces, because the JDK copies each through a buffer of its size that it keeps. */
    private void direct(long position, byte[] to, int from, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int piece = Math.min(LARGEST_READ, length - done);
            checkGot(position + done, piece, upTo(position + done, to, from + done, piece));
            done += piece;
        }
    }

    private int upTo(long position, byte[] to, int from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(to, from, length);
        while (buffer.hasRemaining() && file.read(buffer, position + buffer.position() - from) > 0) {
            continue;
        }
        return buffer.position() - from;
    }

    private void checkGot(long position, int needed, int got) throws IOException {
        if (got < needed) {
            throw new IOException("the " + name + " became shorter while it was read: wanted " + needed + " bytes at "
                    + position + ", got " + got);
        }
    }
}
