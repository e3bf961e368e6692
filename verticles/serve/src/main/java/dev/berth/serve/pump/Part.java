package dev.berth.serve.pump;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;

/**
 * Some bytes of a file, outside the heap, where sockets and TLS can read them without another copy. What was read stays as
 * it is while more is read behind it. Belongs to one event loop.
 */
final class Part {
    private final ByteBuf bytes;
    private final Shelf shelf;
    private final long start;
    private Future<Void> filling = Future.succeededFuture();
    private long fillingUpTo;
    private int filled;
    private int holders;

    /**
     * @param shelf where others find it, or null when it is for one reader alone
     * @throws OutOfMemoryError when there is no memory outside the heap; nothing is broken then
     */
    Part(Shelf shelf, long start, int capacity) {
        this.shelf = shelf;
        this.start = start;
        this.bytes = ByteBufAllocator.DEFAULT.directBuffer(capacity, capacity);
    }

    int capacity() {
        return bytes.capacity();
    }

    boolean contains(long from) {
        return start <= from && from < start + capacity();
    }

    private boolean has(long upTo) {
        return start + filled >= upTo;
    }

    /** Whether {@link #fill} will read nothing, because the bytes are there or being read already. */
    boolean isComing(long upTo) {
        return has(upTo) || (!filling.isComplete() && fillingUpTo >= upTo);
    }

    /** Whether another reader may want it soon. */
    boolean isWorthKeeping() {
        return shelf != null && shelf.isShared();
    }

    void hold() {
        holders++;
    }

    /** Whether nobody holds it any more. */
    boolean letGo() {
        holders--;
        return holders == 0;
    }

    /** For good: nobody finds it any more. */
    void free() {
        if (shelf != null) {
            shelf.remove(this);
        }
        bytes.release();
    }

    /** Reads what is missing before {@code upTo}, which lies within. Who asks meanwhile waits for that reading. */
    Future<Void> fill(Source source, long upTo, WorkerExecutor workers) {
        if (!isComing(upTo)) {
            fillingUpTo = upTo;
            filling = filling.transform(before -> has(upTo) ? Future.succeededFuture() : read(source, upTo, workers));
        }
        return has(upTo) ? Future.succeededFuture() : filling;
    }

    private Future<Void> read(Source source, long upTo, WorkerExecutor workers) {
        long from = start + filled;
        ByteBuffer into = bytes.nioBuffer(filled, (int) (upTo - from));
        return workers.<Void>executeBlocking(
                        () -> {
                            source.read(into, from);
                            return null;
                        },
                        false)
                .onSuccess(read -> filled = (int) (upTo - start));
    }

    /** The bytes themselves, good while somebody holds this part. */
    Buffer view(long from, long upTo) {
        return BufferInternal.buffer(bytes.slice((int) (from - start), (int) (upTo - from)));
    }
}
