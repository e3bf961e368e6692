package dev.berth.hash;

import dev.berth.contract.HashContract.Digested;
import dev.berth.contract.HashContract.Interrupted;
import dev.berth.contract.StreamContract.End;
import dev.berth.contract.StreamLabels;
import dev.berth.kit.stream.StreamInlet;
import dev.berth.kit.stream.Streams;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Digests the streams of one image, one after the other. All consumers attach at once, because no stream flows before
 * all of its consumers are there; the second stream waits, full of credit, until the first has ended.
 */
final class DigestRun {
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
        List<Future<StreamInlet>> inlets = addresses.stream().map(streams::inlet).toList();
        return Future.join(inlets)
                .compose(all -> next(inlets.stream().map(Future::result).iterator()))
                .recover(cause -> Future.succeededFuture(new Interrupted(cause.getMessage())));
    }

    private Future<Digested> next(Iterator<StreamInlet> rest) {
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

    private Future<End> file(StreamInlet inlet) {
        Batches batches = new Batches(inlet);
        inlet.creditByHand().handler(batches::add);
        return inlet.ended();
    }

    /** The bytes where they lie: a copy of each would cost a tenth of the hashing. */
    private static ByteBuffer[] views(Buffer buffer) {
        return ((BufferInternal) buffer).getByteBuf().nioBuffers();
    }

    /**
     * Collects what arrives while a worker is busy and hands it over as one batch: in order, one worker per file at a
     * time, and few hand-overs when the disk is slower than the digest. Bounded by the stream's window.
     */
    private final class Batches {
        private final StreamInlet inlet;
        private List<Buffer> waiting = new ArrayList<>();
        private boolean busy;

        Batches(StreamInlet inlet) {
            this.inlet = inlet;
        }

        void add(Buffer bytes) {
            waiting.add(bytes);
            work();
        }

        private void work() {
            if (busy || waiting.isEmpty()) {
                return;
            }
            busy = true;
            List<Buffer> batch = waiting;
            waiting = new ArrayList<>();
            long length = batch.stream().mapToLong(Buffer::length).sum();
            workers.executeBlocking(() -> update(batch, length), false).onComplete(done -> {
                busy = false;
                if (done.failed()) {
                    inlet.abort("hashing broke: " + done.cause().getMessage());
                } else {
                    inlet.workedOff(length);
                    work();
                }
            });
        }

        private void digest(Buffer buffer) {
            for (ByteBuffer view : views(buffer)) {
                digest.update(view);
            }
        }

        private Void update(List<Buffer> batch, long length) {
            meters.timed(() -> batch.forEach(this::digest), length);
            return null;
        }
    }
}
