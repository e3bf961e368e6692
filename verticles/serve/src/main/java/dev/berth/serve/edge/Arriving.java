package dev.berth.serve.edge;

import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Follow;
import dev.berth.contract.StoreContract.Open;
import dev.berth.contract.StoreContract.Opened;
import dev.berth.image.BlobId;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for files that a transfer brings here. The transfer belongs to nobody: who waits may leave, and who comes later
 * joins it at the store. Event loop only.
 */
public final class Arriving {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final long MOST_SECONDS = 15;

    private final Bus bus;

    public Arriving(Bus bus) {
        this.bus = bus;
    }

    /** Completes when all can be read, though perhaps not to their end yet; fails with why they will not come. */
    public Future<Void> readable(Collection<BlobId> blobs, Future<?> transfer) {
        return Future.all(blobs.stream().map(blob -> readable(blob, transfer)).toList()).mapEmpty();
    }

    /**
     * As {@link #readable}, and waits for the first bytes of all too: until then an answer can still say what went wrong.
     * Not for longer than 15 s, because clients expect its head within 30.
     */
    public Future<Void> begun(Collection<BlobId> blobs, Future<?> transfer) {
        return readable(blobs, transfer)
                .compose(readable -> Future.all(blobs.stream().map(blob -> begun(blob, transfer)).toList())
                        .timeout(MOST_SECONDS, TimeUnit.SECONDS)
                        .recover(cause -> cause instanceof TimeoutException
                                ? Future.succeededFuture()
                                : Future.failedFuture(cause)))
                .mapEmpty();
    }

    private Future<Void> begun(BlobId blob, Future<?> transfer) {
        return bus.ask(StoreContract.OPEN, new Open(blob)).compose(opened -> opened.fold(
                local -> Future.succeededFuture(),
                growing -> bus.ask(StoreContract.FOLLOW, new Follow(blob, growing.stagingId(), 0))
                        .compose(growth -> growth.fold(
                                grown -> grown.readable() > 0 ? Future.succeededFuture() : begun(blob, transfer),
                                stopped -> ended(blob, transfer))),
                missing -> ended(blob, transfer)));
    }

    private Future<Void> ended(BlobId blob, Future<?> transfer) {
        return transfer.compose(done -> mustBeHere(blob));
    }

    private Future<Void> readable(BlobId blob, Future<?> transfer) {
        Promise<Void> readable = Promise.promise();
        ended(blob, transfer).onSuccess(readable::tryComplete).onFailure(readable::tryFail);
        watch(blob, transfer, readable);
        return readable.future();
    }

    /** A transfer may wait for its turn, so this looks as long as the transfer says nothing. */
    private void watch(BlobId blob, Future<?> transfer, Promise<Void> readable) {
        bus.ask(StoreContract.OPEN, new Open(blob, PATIENCE_MILLIS))
                .onFailure(readable::tryFail)
                .onSuccess(opened -> {
                    if (isReadable(opened)) {
                        readable.tryComplete();
                    } else if (!transfer.isComplete()) {
                        watch(blob, transfer, readable);
                    }
                });
    }

    private Future<Void> mustBeHere(BlobId blob) {
        return bus.ask(StoreContract.OPEN, new Open(blob)).compose(opened -> isReadable(opened)
                ? Future.succeededFuture()
                : Future.failedFuture(new RefusedException(
                        new Refused(Reason.BROKEN, "the image is here, but this file of it is missing; run verify"))));
    }

    private static boolean isReadable(Opened opened) {
        return opened.fold(local -> true, growing -> true, missing -> false);
    }
}
