package dev.berth.serve.edge;

import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Open;
import dev.berth.contract.StoreContract.Opened;
import dev.berth.image.BlobId;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;

/**
 * Waits for files that a transfer brings here. The transfer belongs to nobody: who waits may leave, and who comes later
 * joins it at the store. Event loop only.
 */
public final class Arriving {
    private static final long PATIENCE_MILLIS = 30_000;

    private final Bus bus;

    public Arriving(Bus bus) {
        this.bus = bus;
    }

    /** Completes when all can be read, though perhaps not to their end yet; fails with why they will not come. */
    public Future<Void> readable(Collection<BlobId> blobs, Future<?> transfer) {
        return Future.all(blobs.stream().map(blob -> readable(blob, transfer)).toList()).mapEmpty();
    }

    private Future<Void> readable(BlobId blob, Future<?> transfer) {
        Promise<Void> readable = Promise.promise();
        transfer.compose(done -> mustBeHere(blob)).onSuccess(readable::tryComplete).onFailure(readable::tryFail);
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
