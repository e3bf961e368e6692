package dev.berth.intake;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Missing;
import dev.berth.contract.StoreContract.Open;
import dev.berth.contract.StoreContract.Opened;
import dev.berth.image.Image;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import java.util.List;

/** What counts as here: a record, and all the bytes it speaks of. An image that lost some can be brought again. */
final class Presence {
    private final Bus bus;

    Presence(Bus bus) {
        this.bus = bus;
    }

    /** Fails with a refusal, NOT_FOUND, when there is no such record or bytes of it are missing. */
    Future<Image> find(String project, String name) {
        return bus.require(CatalogContract.FIND_IMAGE, new FindImage(project, name, false))
                .compose(found -> withBytes(found.image()));
    }

    private Future<Image> withBytes(Image image) {
        List<Future<Opened>> opened = image.files().stream()
                .map(file -> bus.ask(StoreContract.OPEN, new Open(file.blob())))
                .toList();
        return Future.all(opened).compose(all -> opened.stream().map(Future::result).anyMatch(Missing.class::isInstance)
                ? Future.failedFuture(new RefusedException(Refused.notFound("the bytes of the image are not here any more")))
                : Future.succeededFuture(image));
    }
}
