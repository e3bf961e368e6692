package dev.berth.intake;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Download;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Opened;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;

/** Downloads: fetch opens the streams, a conductor takes them in like those of an upload. */
final class Downloads {
    private final Bus bus;
    private final Orchestra orchestra;

    Downloads(Orchestra orchestra) {
        this.bus = orchestra.bus();
        this.orchestra = orchestra;
    }

    /** Fails with a refusal when the image cannot be had; then nothing of it is left. */
    Future<Brought> download(Wish wish, Offer offer, Transfer transfer) {
        return bus.require(FetchContract.DOWNLOAD, new Download(transfer.ticket(), wish.source(), offer))
                .compose(opened -> conduct(wish, offer, transfer, opened));
    }

    /** Whose wish the record follows is decided when all bytes are here: its first asker may have left by then. */
    private Future<Brought> conduct(Wish wish, Offer offer, Transfer transfer, Opened opened) {
        Claims early = wish.claims(offer);
        Arrive arrive = new Arrive(transfer.ticket(), wish.project(), opened.streams(), early);
        Decision decision = new Decision(transfer, offer);
        Conductor conductor = new Conductor(orchestra, arrive, decision::make, offer.files(), true);
        transfer.onStop(conductor::stop);
        return conductor.conduct().compose(answer -> answer.fold(
                arrival -> arrival.fold(
                        arrived -> Future.succeededFuture(new Brought(arrived.image(), true, decision.claimant)),
                        here -> here(wish, here.fingerprint().hex())),
                refused -> Future.failedFuture(new RefusedException(refused))));
    }

    /** Somebody else was faster: an upload, or a transfer from another server. */
    private Future<Brought> here(Wish wish, String fingerprint) {
        return bus.require(CatalogContract.FIND_IMAGE, new FindImage(wish.project(), fingerprint, false))
                .map(found -> new Brought(found.image(), false, null));
    }

    /** The wish that the record follows, once it is decided. */
    private static final class Decision {
        private final Transfer transfer;
        private final Offer offer;
        private Watch claimant;

        Decision(Transfer transfer, Offer offer) {
            this.transfer = transfer;
            this.offer = offer;
        }

        Claims make() {
            claimant = transfer.claimant();
            return claimant.wish().claims(offer);
        }
    }
}
