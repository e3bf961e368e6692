package dev.berth.fetch.transfer;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;

/** The SHA-256 of bytes as they come, computed on worker threads in batches. All methods on one context. */
public final class RunningDigest {
    /** More than this waiting for a worker, and the sender should pause. */
    private static final long MOST_WAITING = 1L << 20;

    /** Less than this waits for more, or for {@link #value}: nobody needs the digest before, and each hand-over costs. */
    private static final long WORTH_A_WORKER = 256L << 10;

    private final WorkerExecutor workers;
    private final MessageDigest sha256;
    private List<Buffer> waiting = new ArrayList<>();
    private Future<Void> working = Future.succeededFuture();
    private long backlog;
    private Runnable whenFree;

    public RunningDigest(WorkerExecutor workers) {
        this.workers = workers;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public void update(Buffer bytes) {
        waiting.add(bytes);
        backlog += bytes.length();
        if (working.isComplete() && backlog >= WORTH_A_WORKER) {
            workOff();
        }
    }

    /** The digest of all bytes up to now, in lower-case hex; more may follow. */
    public Future<String> value() {
        workOff();
        Promise<String> value = Promise.promise();
        working = working.compose(before -> onWorker(this::snapshot)).onComplete(value).mapEmpty();
        // What came while the snapshot was taken waits for nobody else.
        working.onComplete(done -> workOff());
        return value.future();
    }

    boolean isBehind() {
        return backlog > MOST_WAITING;
    }

    /** Runs {@code action} once, when the workers have caught up. */
    void whenFree(Runnable action) {
        whenFree = action;
    }

    /** One batch after the other; what comes meanwhile is the next batch. */
    private void workOff() {
        List<Buffer> batch = waiting;
        waiting = new ArrayList<>();
        if (!batch.isEmpty()) {
            long length = batch.stream().mapToLong(Buffer::length).sum();
            working = working.compose(before -> onWorker(() -> digest(batch))).onSuccess(done -> doneWith(length));
        }
    }

    private void doneWith(long length) {
        backlog -= length;
        if (whenFree != null && !isBehind()) {
            Runnable action = whenFree;
            whenFree = null;
            action.run();
        }
        if (backlog >= WORTH_A_WORKER) {
            workOff();
        }
    }

    private <T> Future<T> onWorker(Callable<T> work) {
        return workers.executeBlocking(work, false);
    }

    private Void digest(List<Buffer> batch) {
        batch.forEach(bytes -> sha256.update(view(bytes)));
        return null;
    }

    /** The bytes where they lie. */
    private static ByteBuffer view(Buffer buffer) {
        return ((BufferInternal) buffer).getByteBuf().nioBuffer();
    }

    private String snapshot() throws CloneNotSupportedException {
        return HexFormat.of().formatHex(((MessageDigest) sha256.clone()).digest());
    }
}
