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
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The part of an arrival while bytes flow. Intake is the third consumer of every stream, beside store and hash; as soon
 * as one of the three fails, the streams are aborted, so that the sender learns it at once and not after gigabytes.
 */
final class Reception {
    /** To those who read the streams; what it was is in the log. */
    private static final String BROKE = "the image could not be taken in because of a failure of the service";

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

        List<Future<?>> parts = new ArrayList<>(List.of(inspection));
        parts.addAll(staged);
        parts.addAll(List.of(digests, rootfs));
        parts.forEach(part -> part.onFailure(this::abortAll));
        return Future.join(parts)
                .map(all -> new Receipt(
                        staged.stream().map(Future::result).toList(),
                        digests.result(),
                        inspection.result(),
                        rootfs.result()))
                .recover(any -> Future.failedFuture(mostTelling(parts)));
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
        abort(isOurs(cause) ? BROKE : cause.getMessage());
    }

    /** Stops the streams for everybody; the first reason counts. */
    void abort(String reason) {
        if (aborted == null) {
            aborted = reason;
            inlets.forEach(inlet -> inlet.abort(aborted));
        }
    }

    /**
     * A full disk says more than what else happened then, and what broke here more than that streams were stopped
     * because of it. Else it is the archive's own fault, or the first that is named.
     */
    private static Throwable mostTelling(List<Future<?>> parts) {
        return parts.stream()
                .filter(Future::failed)
                .map(Future::cause)
                .min(Comparator.comparingInt(Reception::rank))
                .orElseThrow();
    }

    private static int rank(Throwable cause) {
        if (cause instanceof RefusedException no) {
            return no.refused().reason() == Refused.Reason.FULL ? 0 : 2;
        }
        return isOurs(cause) ? 1 : 3;
    }

    /** Neither a refusal nor a stream that ended or is gone, of which others tell more; or something that says nothing. */
    private static boolean isOurs(Throwable cause) {
        return cause.getMessage() == null
                || !(cause instanceof RefusedException || cause instanceof IOException || cause instanceof ReplyException);
    }
}
