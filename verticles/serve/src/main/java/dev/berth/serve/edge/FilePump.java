package dev.berth.serve.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Copies a part of a file into a response: while one chunk is on its way to the client, the next is read by a worker.
 *
 * <p>At most two chunks are in memory. Chunks grow while the client is fast and shrink when it is slow, so that
 * hundreds of slow readers cost little. Runs on the response's event loop.
 */
final class FilePump {
    private static final int SMALL = 64 << 10;
    private static final int LARGE = 512 << 10;
    private static final long SLOW_NANOS = 200_000_000;

    private final WorkerExecutor workers;
    private final FileChannel file;
    private final HttpServerResponse response;
    private final Promise<Void> done = Promise.promise();
    private final long end;
    private long position;
    private int chunk = SMALL;
    private Future<Void> lastWrite = Future.succeededFuture();

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
        return done.future();
    }

    private void next() {
        if (position == end) {
            lastWrite.onComplete(done);
            return;
        }
        int size = (int) Math.min(chunk, end - position);
        workers.executeBlocking(() -> read(position, size), false).onSuccess(this::write).onFailure(done::tryFail);
    }

    private void write(Buffer buffer) {
        position += buffer.length();
        Future<Void> previous = lastWrite;
        lastWrite = timed(response.write(buffer));
        previous.onSuccess(taken -> next()).onFailure(done::tryFail);
    }

    private Future<Void> timed(Future<Void> write) {
        long start = System.nanoTime();
        return write.onSuccess(taken -> adapt(System.nanoTime() - start));
    }

    private void adapt(long nanos) {
        chunk = nanos > SLOW_NANOS ? SMALL : Math.min(2 * chunk, LARGE);
    }

    private Buffer read(long from, int size) throws IOException {
        byte[] bytes = new byte[size];
        ByteBuffer target = ByteBuffer.wrap(bytes);
        while (target.hasRemaining()) {
            if (file.read(target, from + target.position()) < 0) {
                throw new EOFException("the file ends at " + (from + target.position()) + ", expected " + end);
            }
        }
        return Buffer.buffer(bytes);
    }
}
