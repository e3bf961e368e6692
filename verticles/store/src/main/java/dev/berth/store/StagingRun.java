package dev.berth.store;

import dev.berth.contract.StoreContract.Broken;
import dev.berth.contract.StoreContract.Full;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.contract.StreamContract.End;
import dev.berth.kit.disk.DiskFull;
import dev.berth.kit.stream.StreamInlet;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * One stream on its way into one staging file. Belongs to the context of the verticle.
 *
 * <p>One write is under way at a time; what arrives meanwhile is gathered and written next, up to 1 MiB at once. Bytes are
 * credited when they are written. Every 64 MiB a force is begun on another thread while writing goes on, so that the last
 * one, which somebody waits for, is short; unless the bytes go past the page cache, where nothing waits to be forced.
 */
final class StagingRun {
    /** Nobody wants to know. */
    static final Watcher NOBODY = new Watcher() {};

    private static final int MOST_AT_ONCE = 1 << 20;
    private static final long FORCE_EVERY = 64L << 20;

    private final Workers workers;
    private final Watcher watcher;
    private final Deque<Buffer> queue = new ArrayDeque<>();
    private StreamInlet inlet;
    private StagingFile file;
    private Future<Void> writing = Future.succeededFuture();
    private Future<Void> forcing = Future.succeededFuture();
    private long forcedUpTo;
    private Throwable broken;
    private boolean stopped;

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
    Future<Staging> run(Future<StreamInlet> attached, Callable<StagingFile> opener) {
        return attached.transform(there -> there.succeeded()
                ? open(there.result(), opener)
                : Future.succeededFuture(new Broken(there.cause().getMessage())));
    }

    /** Stops the stream for everybody, when it still runs. */
    void stop(String reason) {
        broken = broken == null ? new IllegalStateException(reason) : broken;
        if (inlet != null) {
            inlet.abort(reason);
        }
    }

    /** The file, once there is one. */
    StagingFile file() {
        return file;
    }

    private Future<Staging> open(StreamInlet attached, Callable<StagingFile> opener) {
        inlet = attached.creditByHand();
        return workers.files(opener)
                .onSuccess(this::opened)
                .onFailure(this::fail)
                .eventually(this::stream)
                .transform(opened -> writing.transform(written -> finish()));
    }

    private void opened(StagingFile made) {
        file = made;
        watcher.opened(made);
    }

    /** Completes when the stream ended, however it did. */
    private Future<End> stream() {
        if (broken == null) {
            inlet.handler(this::take);
        } else {
            inlet.abort(broken.getMessage());
        }
        return inlet.ended().onSuccess(this::ended);
    }

    private void ended(End end) {
        stopped = true;
        queue.clear();
        end.fold(complete -> null, failed -> noteBroken(failed.reason()), cancelled -> noteBroken(cancelled.reason()));
    }

    private Void noteBroken(String reason) {
        broken = broken == null ? new IllegalStateException(reason) : broken;
        return null;
    }

    private void take(Buffer bytes) {
        queue.add(bytes);
        pump();
    }

    private void pump() {
        if (stopped || broken != null || queue.isEmpty() || !writing.isComplete()) {
            return;
        }
        List<ByteBuffer> batch = new ArrayList<>();
        int length = gather(batch);
        writing = workers.files(() -> append(batch));
        writing.onSuccess(done -> wrote(length)).onFailure(this::fail);
    }

    private int gather(List<ByteBuffer> batch) {
        int length = 0;
        while (!queue.isEmpty() && (length == 0 || length + queue.peek().length() <= MOST_AT_ONCE)) {
            Buffer next = queue.poll();
            length += next.length();
            batch.addAll(List.of(((BufferInternal) next).getByteBuf().nioBuffers()));
        }
        return length;
    }

    private Void append(List<ByteBuffer> batch) throws Exception {
        file.append(batch);
        return null;
    }

    private void wrote(int length) {
        watcher.grew(file.length());
        forceBehind();
        inlet.workedOff(length);
        pump();
    }

    private void forceBehind() {
        boolean isDue = file.length() - forcedUpTo >= FORCE_EVERY && forcing.isComplete();
        if (isDue && file.isWorthForcing()) {
            forcedUpTo = file.length();
            forcing = workers.forces(this::force);
            forcing.onFailure(this::fail);
        }
    }

    private Void force() throws Exception {
        file.force();
        return null;
    }

    private void fail(Throwable cause) {
        broken = broken == null ? cause : broken;
        queue.clear();
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
