package dev.berth.serve.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Copies a part of a file into a response: while one chunk is on its way to the client, the next is read by a worker.
 *
 * <p>Two chunks take turns, so no more is ever in memory, and both lie where TLS can read them without another copy.
 * They grow while the client is fast and shrink when it is slow, so that hundreds of slow readers cost little. Runs on
 * the response's event loop.
 */
final class FilePump {
    private static final int SMALL = 64 << 10;
    private static final int LARGE = 256 << 10;
    private static final long SLOW_NANOS = 200_000_000;

    private final WorkerExecutor workers;
    private final FileChannel file;
    private final HttpServerResponse response;
    private final Promise<Void> done = Promise.promise();
    private final long end;
    private long position;
    private int size = SMALL;
    private Chunk filling = new Chunk();
    private Chunk leaving = new Chunk();

    FilePump(WorkerExecutor workers, FileChannel file, long offset, long length, HttpServerResponse response) {
        this.workers = workers;
        this.file = file;
        this.position = offset;
        this.end = offset + length;
        this.response = response;
    }

    /** Completes when all is handed to the client; fails when the client left, or the file is shorter than it was. */
    Future<Void> run() {
        next();
        return done.future().eventually(this::release);
    }

    /** Here the chunk to fill is free, and the other one may still be on its way. */
    private void next() {
        if (position == end) {
            leaving.written.onComplete(done);
            return;
        }
        int length = (int) Math.min(size, end - position);
        workers.executeBlocking(() -> filling.read(file, position, length), false)
                .onSuccess(this::write)
                .onFailure(done::tryFail);
    }

    private void write(Chunk full) {
        position += full.bytes.readableBytes();
        full.written = timed(response.write(BufferInternal.buffer(full.bytes)));
        filling = leaving;
        leaving = full;
        filling.written.onSuccess(free -> next()).onFailure(done::tryFail);
    }

    private Future<Void> timed(Future<Void> write) {
        long start = System.nanoTime();
        return write.onSuccess(taken -> adapt(System.nanoTime() - start));
    }

    private void adapt(long nanos) {
        size = nanos > SLOW_NANOS ? SMALL : Math.min(2 * size, LARGE);
    }

    /** No chunk is being filled any more, whatever the end was; one may still be on its way. */
    private Future<Void> release() {
        filling.releaseWhenWritten();
        leaving.releaseWhenWritten();
        return Future.succeededFuture();
    }

    /** Memory outside the heap, ours until its write has ended: Vert.x leaves releasing it to us. */
    private static final class Chunk {
        private ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer(SMALL, SMALL);
        private Future<Void> written = Future.succeededFuture();

        /** On a worker. */
        Chunk read(FileChannel file, long from, int length) throws IOException {
            resize(length);
            bytes.clear();
            while (bytes.readableBytes() < length) {
                int here = bytes.readableBytes();
                if (bytes.writeBytes(file, from + here, length - here) < 0) {
                    throw new EOFException("the file ends at " + (from + here) + ", expected " + (length - here) + " more");
                }
            }
            return this;
        }

        private void resize(int length) {
            int wanted = length > SMALL ? LARGE : SMALL;
            if (bytes.capacity() != wanted) {
                bytes.release();
                bytes = ByteBufAllocator.DEFAULT.directBuffer(wanted, wanted);
            }
        }

        void releaseWhenWritten() {
            written.onComplete(ended -> bytes.release());
        }
    }
}
