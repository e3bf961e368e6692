package dev.berth.hash;

import dev.berth.contract.HashContract.Digested;
import dev.berth.contract.HashContract.Interrupted;
import dev.berth.contract.StreamContract.End;
import dev.berth.contract.StreamLabels;
import dev.berth.kit.stream.Streams;
import dev.berth.kit.stream.WorkerInlet;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;

/**
 * Digests the streams of one image, one after the other. All consumers attach at once, because no stream flows before
 * all of its consumers are there; the second stream waits, full of credit, until the first has ended.
 */
final class DigestRun {
    /** Credit for one frame is on its way while the next is digested. */
    private static final int MOST_AT_ONCE = 512 << 10;

    private final Streams streams;
    private final WorkerExecutor workers;
    private final HashMeters meters;
    private final ImageDigest digest;

    DigestRun(Streams streams, WorkerExecutor workers, HashMeters meters, ImageDigest digest) {
        this.streams = streams;
        this.workers = workers;
        this.meters = meters;
        this.digest = digest;
    }

    Future<Digested> of(List<String> addresses) {
        List<Future<WorkerInlet>> inlets = addresses.stream().map(this::attached).toList();
        return Future.join(inlets)
                .compose(all -> next(inlets.stream().map(Future::result).iterator()))
                .recover(cause -> Future.succeededFuture(new Interrupted(cause.getMessage())));
    }

    private Future<Digested> next(Iterator<WorkerInlet> rest) {
        if (!rest.hasNext()) {
            return Future.succeededFuture(digest.finish());
        }
        return file(rest.next())
                .compose(end -> end.fold(
                        complete -> {
                            digest.endFile(complete.labels().getOrDefault(StreamLabels.SHA256, ""));
                            return next(rest);
                        },
                        failed -> Future.succeededFuture(new Interrupted(failed.reason())),
                        cancelled -> Future.succeededFuture(new Interrupted(cancelled.reason()))));
    }

    private Future<WorkerInlet> attached(String address) {
        return streams.inlet(address, workers, MOST_AT_ONCE, this::update);
    }

    private static Future<End> file(WorkerInlet inlet) {
        inlet.begin();
        return inlet.ended();
    }

    private boolean update(List<Buffer> batch) {
        long length = batch.stream().mapToLong(Buffer::length).sum();
        meters.timed(() -> batch.forEach(this::update), length);
        return false;
    }

    private void update(Buffer buffer) {
        for (ByteBuffer view : views(buffer)) {
            digest.update(view);
        }
    }

    /** The bytes where they lie: a copy of each would cost a tenth of the hashing. */
    private static ByteBuffer[] views(Buffer buffer) {
        return ((BufferInternal) buffer).getByteBuf().nioBuffers();
    }
}
