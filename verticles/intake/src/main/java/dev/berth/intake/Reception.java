package dev.berth.intake;

import dev.berth.contract.HashContract.Digested;
import dev.berth.contract.HashContract.Digests;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.contract.StoreContract.Staging;
import dev.berth.contract.StreamContract.End;
import dev.berth.format.Inspection;
import dev.berth.format.NeedsFile;
import dev.berth.kit.bus.RefusedException;
import dev.berth.kit.stream.SlowSender;
import dev.berth.kit.stream.StreamInlet;
import dev.berth.kit.stream.StreamInput;
import dev.berth.kit.stream.Streams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The part of an arrival while bytes flow. Intake is the third consumer of every stream, beside store and hash; as soon
 * as one of the three fails, the streams are aborted, so that the sender learns it at once and not after gigabytes.
 */
final class Reception {
    private final Arrive request;
    private final Streams streams;
    private final Inspectors inspectors;
    private final List<StreamInlet> inlets = new ArrayList<>();
    private String aborted;

    Reception(Arrive request, Streams streams, Inspectors inspectors) {
        this.request = request;
        this.streams = streams;
        this.inspectors = inspectors;
    }

    /** Completes with everything known, or fails with the most telling of the failures. */
    Future<Receipt> of(List<Future<Staging>> stagings, Future<Digested> digest) {
        Future<Inspection> inspection = attach(0).compose(this::inspect);
        Future<Receipt.Rootfs> rootfs =
                request.streams().size() > 1 ? attach(1).compose(this::look) : Future.succeededFuture();
        List<Future<Staged>> staged = stagings.stream().map(this::staged).toList();
        Future<Digests> digests = digest.compose(Reception::digests);

        List<Future<?>> parts = new ArrayList<>(staged);
        parts.addAll(List.of(inspection, rootfs, digests));
        parts.forEach(part -> part.onFailure(this::abortAll));
        return Future.join(parts)
                .map(all -> new Receipt(
                        staged.stream().map(Future::result).toList(),
                        digests.result(),
                        inspection.result(),
                        rootfs.result()))
                .recover(any -> Future.failedFuture(mostTelling(inspection, staged, digests, rootfs)));
    }

    private Future<StreamInlet> attach(int index) {
        return streams.inlet(request.streams().get(index)).onSuccess(this::enrol);
    }

    /** A failure may be faster than our own attachment. */
    private void enrol(StreamInlet inlet) {
        inlets.add(inlet);
        if (aborted != null) {
            inlet.abort(aborted);
        }
    }

    private Future<Inspection> inspect(StreamInlet inlet) {
        StreamInput input = new StreamInput(Vertx.currentContext(), inlet);
        return inspectors.inspectStream(input, Inspectors.dialect(request)).recover(Reception::laterFromFile);
    }

    private static Future<Inspection> laterFromFile(Throwable cause) {
        return cause instanceof NeedsFile || cause instanceof SlowSender ? Future.succeededFuture() : Future.failedFuture(cause);
    }

    /** Watches the second file pass: its magic from its first bytes, its labels from its end. */
    private Future<Receipt.Rootfs> look(StreamInlet inlet) {
        Head head = new Head();
        inlet.handler(head::add);
        return inlet.ended().compose(end -> labels(end).map(labels -> new Receipt.Rootfs(head.extension(), labels)));
    }

    private static Future<Map<String, String>> labels(End end) {
        return end.fold(
                complete -> Future.succeededFuture(complete.labels()),
                failed -> broken(failed.reason()),
                cancelled -> broken(cancelled.reason()));
    }

    private Future<Staged> staged(Future<Staging> staging) {
        return staging.compose(answer -> answer.fold(
                Future::succeededFuture,
                full -> Future.failedFuture(new RefusedException(Refused.full(full.text()))),
                broken -> broken(broken.text())));
    }

    private static Future<Digests> digests(Digested digested) {
        return digested.fold(Future::succeededFuture, interrupted -> broken(interrupted.text()));
    }

    private static <T> Future<T> broken(String text) {
        return Future.failedFuture(new RefusedException(Refused.invalid(text)));
    }

    private void abortAll(Throwable cause) {
        abort(String.valueOf(cause.getMessage()));
    }

    /** Stops the streams for everybody; the first reason counts. */
    void abort(String reason) {
        if (aborted == null) {
            aborted = reason;
            inlets.forEach(inlet -> inlet.abort(aborted));
        }
    }

    /** What the archive did wrong says more than that its stream was stopped because of it; a full disk likewise. */
    private static Throwable mostTelling(
            Future<Inspection> inspection, List<Future<Staged>> staged, Future<Digests> digests, Future<?> rootfs) {
        List<Future<?>> inOrder = new ArrayList<>();
        staged.stream().filter(part -> isRefused(part, Refused.Reason.FULL)).forEach(inOrder::add);
        Stream.of(inspection).filter(part -> isRefused(part, Refused.Reason.INVALID)).forEach(inOrder::add);
        inOrder.addAll(staged);
        inOrder.addAll(List.of(digests, rootfs, inspection));
        return inOrder.stream().filter(Future::failed).findFirst().orElseThrow().cause();
    }

    private static boolean isRefused(Future<?> part, Refused.Reason reason) {
        return part.failed()
                && part.cause() instanceof RefusedException no
                && no.refused().reason() == reason;
    }
}
