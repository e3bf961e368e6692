package dev.berth.store;

import dev.berth.contract.StoreContract.Broken;
import dev.berth.contract.StoreContract.Full;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.contract.StreamContract.End;
import dev.berth.kit.disk.DiskFull;
import dev.berth.kit.stream.Streams;
import dev.berth.kit.stream.WorkerInlet;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * One stream on its way into one staging file. Belongs to the context of the verticle.
 *
 * <p>One write is under way at a time; what arrives meanwhile is gathered and written next, up to 1 MiB at once. Bytes are
 * credited when they are written. Again and again a force is begun on another thread while writing goes on, so that the
 * last one, which somebody waits for, is short.
 */
final class StagingRun {
    /** Nobody wants to know. */
    static final Watcher NOBODY = new Watcher() {};

    private static final int MOST_AT_ONCE = 1 << 20;
    /** Bytes in the page cache from one force to the next. */
    private static final long FORCE_EVERY = 64L << 20;
    /**
     * The same for the first bytes of a file. The disk has work while the next ones come, and a file that goes past the cache
     * from then on does not wait for it: what is written there stands still while a force has much to write.
     */
    private static final long FORCE_AT_FIRST_EVERY = 8L << 20;

    private final Workers workers;
    private final Watcher watcher;
    private WorkerInlet inlet;
    private StagingFile file;
    private Future<Void> forcing = Future.succeededFuture();
    private volatile long forcedUpTo;
    private Throwable broken;

    StagingRun(Workers workers, Watcher watcher) {
        this.workers = workers;
        this.watcher = watcher;
    }

    /** Who wants to know how far the file is. Called on the context of the verticle. */
    interface Watcher {
        default void opened(StagingFile made) {}

        default void grew(long length) {}

        /** The stream ended; never called before the file was opened and the last byte written, when it is staged. */
        default void ended(Staging end) {}

        default void dropped() {}
    }

    /**
     * Runs until the stream ended. After anything but {@link Staged} no file is left.
     *
     * @param opener promises the space and makes the file; runs on a worker thread
     */
    Future<Staging> run(Streams streams, String address, Callable<StagingFile> opener) {
        return workers.inlet(streams, address, MOST_AT_ONCE, this::append).transform(there -> there.succeeded()
                ? open(there.result(), opener)
                : Future.succeededFuture(new Broken(there.cause().getMessage())));
    }

    /** Stops the stream for everybody, when it still runs. */
    void stop(String reason) {
        noteBroken(reason);
        if (inlet != null) {
            inlet.abort(reason);
        }
    }

    /** The file, once there is one. */
    StagingFile file() {
        return file;
    }

    private Future<Staging> open(WorkerInlet attached, Callable<StagingFile> opener) {
        inlet = attached.onNews(this::grew);
        return workers.files(opener)
                .onSuccess(this::opened)
                .onFailure(this::fail)
                .eventually(this::stream)
                .transform(ended -> finish());
    }

    private void opened(StagingFile made) {
        file = made;
        watcher.opened(made);
    }

    /** Completes when the stream ended, however it did, and nothing is written any more. */
    private Future<Void> stream() {
        if (broken == null) {
            inlet.begin();
        } else {
            inlet.abort(broken.getMessage());
        }
        return inlet.ended().onFailure(this::noteBroken).onSuccess(this::ended).transform(known -> Future.succeededFuture());
    }

    private void ended(End end) {
        end.fold(complete -> null, failed -> noteBroken(failed.reason()), cancelled -> noteBroken(cancelled.reason()));
    }

    private Void noteBroken(String reason) {
        noteBroken(new IllegalStateException(reason));
        return null;
    }

    private void noteBroken(Throwable cause) {
        broken = broken == null ? cause : broken;
    }

    /** On a worker. Each turn of the context costs a thread that wakes up, so only what somebody waits for is news. */
    private boolean append(List<Buffer> batch) throws Exception {
        file.append(batch.stream().flatMap(StagingRun::views).toList());
        return watcher != NOBODY || isForceDue();
    }

    private static Stream<ByteBuffer> views(Buffer buffer) {
        return Stream.of(((BufferInternal) buffer).getByteBuf().nioBuffers());
    }

    private void grew() {
        watcher.grew(file.length());
        forceBehind();
    }

    private void forceBehind() {
        if (isForceDue() && forcing.isComplete()) {
            forcedUpTo = file.cachedLength();
            forcing = workers.forces(this::force);
            forcing.onFailure(this::fail);
        }
    }

    private boolean isForceDue() {
        long cached = file.cachedLength();
        return cached - forcedUpTo >= (cached > FORCE_EVERY ? FORCE_EVERY : FORCE_AT_FIRST_EVERY);
    }

    private Void force() throws Exception {
        file.force();
        return null;
    }

    private void fail(Throwable cause) {
        noteBroken(cause);
        inlet.abort(broken.getMessage());
    }

    private Future<Staging> finish() {
        return broken == null ? workers.files(this::complete).map(this::told).recover(this::giveUp) : giveUp(broken);
    }

    private Staging complete() throws Exception {
        file.complete();
        return new Staged(file.id(), file.length(), file.path().toString());
    }

    private Future<Staging> giveUp(Throwable cause) {
        broken = cause;
        Staging answer = told(cause instanceof DiskFull
                ? new Full(cause.getMessage())
                : new Broken(String.valueOf(cause.getMessage())));
        return remove().transform(removed -> Future.succeededFuture(answer));
    }

    private Staging told(Staging answer) {
        watcher.ended(answer);
        return answer;
    }

    /** Throws the file away, if there is one. */
    Future<Void> drop() {
        watcher.dropped();
        return remove();
    }

    private Future<Void> remove() {
        return file == null ? Future.succeededFuture() : workers.files(() -> {
            file.drop();
            return null;
        });
    }
}
