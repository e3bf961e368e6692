package dev.berth.kit.disk;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Memory from which a disk takes bytes without a copy: few large buffers, made when first asked for and used again. Any thread. */
final class DirectBuffers {
    /**
     * Bytes in one buffer. A virtual disk takes 254 pages in one request: a mebibyte is 256, so a second request and a second
     * interrupt followed each write. Two and three times as much, and half of it, were slower.
     */
    static final int CAPACITY = 960 << 10;

    /** What every buffer's address is a multiple of; the blocks of a file system are seldom larger than 4 KiB. */
    static final int ALIGNMENT = 64 << 10;

    private final int most;
    private final AtomicInteger made = new AtomicInteger();
    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    /** @param most buffers that may be in use at once */
    DirectBuffers(int most) {
        this.most = most;
    }

    /** An empty buffer, or nothing when all are in use. */
    Optional<ByteBuffer> take() {
        ByteBuffer old = free.poll();
        if (old != null) {
            return Optional.of(old.clear());
        }
        if (made.incrementAndGet() > most) {
            made.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(ByteBuffer.allocateDirect(CAPACITY + ALIGNMENT).alignedSlice(ALIGNMENT).slice(0, CAPACITY));
    }

    /** The buffer may be used for another file. */
    void giveBack(ByteBuffer buffer) {
        free.add(buffer);
    }
}
