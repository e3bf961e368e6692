package dev.berth.serve.mirror;

import dev.berth.contract.MirrorContract;
import dev.berth.contract.MirrorContract.BringItem;
import dev.berth.contract.MirrorContract.FindItem;
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

/**
 * Has a file on its way here. The transfer belongs to nobody: who asked for it may leave, and who comes later joins it at
 * the store.
 */
final class Bringing {
    private static final long PATIENCE_MILLIS = 30_000;

    private final Bus bus;

    Bringing(Bus bus) {
        this.bus = bus;
    }

    /** Completes when the file can be read, though perhaps not to its end yet; fails with why it will not come. */
    Future<Void> bring(FindItem asked, BlobId blob) {
        Promise<Void> readable = Promise.promise();
        Future<?> transfer = bus.require(MirrorContract.BRING, new BringItem(asked.upstream(), asked.path()))
                .compose(done -> mustBeHere(blob))
                .onSuccess(readable::tryComplete)
                .onFailure(readable::tryFail);
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
