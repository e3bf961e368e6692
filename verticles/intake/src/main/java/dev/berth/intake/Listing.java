package dev.berth.intake;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.ImageKept;
import dev.berth.contract.CatalogContract.KeepImage;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.FindProject;
import dev.berth.image.Image;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;

/** The last step of every way in: an image whose bytes are safe gets its record. */
final class Listing {
    private Listing() {}

    /** Fails with a refusal when its project went while the bytes came: nobody would ever see it, or give its room back. */
    static Future<ImageKept> list(Bus bus, Image image, Requestor requestor) {
        return bus.require(TrustContract.FIND_PROJECT, new FindProject(image.project()))
                .compose(found -> found.imageProject().equals(image.project())
                        ? bus.require(CatalogContract.KEEP_IMAGE, new KeepImage(image, requestor))
                        : Future.failedFuture(new RefusedException(Refused.notFound("Project not found"))));
    }
}
