package dev.berth.kit.disk;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Many small pieces as few large ones, so that the disk is asked seldom. The bytes are copied to memory outside the heap, as
 * the JVM would do for each piece. One buffer per thread, kept for as long as the thread.
 */
final class WriteBuffer {
    private static final int CAPACITY = 1 << 20;
    private static final ThreadLocal<ByteBuffer> OWN = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(CAPACITY));

    private WriteBuffer() {}

    /** The same bytes in the same order; good until this thread asks again. A batch that does not fit is left as it is. */
    static List<ByteBuffer> joined(List<ByteBuffer> batch) {
        long length = batch.stream().mapToLong(ByteBuffer::remaining).sum();
        if (batch.size() == 1 || length > CAPACITY) {
            return batch;
        }
        ByteBuffer own = OWN.get().clear();
        batch.forEach(own::put);
        return List.of(own.flip());
    }
}
