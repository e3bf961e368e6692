package dev.berth.intake;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.AdoptImage;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.contract.CatalogContract.TouchImage;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.IntakeContract.Obtained;
import dev.berth.contract.Refused;
import dev.berth.image.Image;
import dev.berth.image.UpdateSource;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the image a name stands for, as a launch needs it (rest-api 6.3, prefer_cached): what is named by its fingerprint
 * and here is simply used; a followed name is looked up at its source, and when the source cannot answer, the newest
 * image that follows the same name does.
 */
final class Obtaining {
    private static final Logger LOG = LoggerFactory.getLogger(Obtaining.class);

    private final Bus bus;
    private final Bringing bringing;
    private final Clock clock;
    private final Presence presence;

    Obtaining(Bus bus, Bringing bringing, Clock clock) {
        this.bus = bus;
        this.bringing = bringing;
        this.clock = clock;
        this.presence = new Presence(bus);
    }

    Future<Obtained> obtain(Watch watch) {
        return known(watch.wish())
                .compose(known -> known.isPresent()
                        ? Future.succeededFuture(new Obtained(known.get(), "cached"))
                        : ask(watch).recover(cause -> stale(watch.wish(), cause)))
                .compose(watch::stillWanted)
                .onSuccess(obtained -> touch(obtained.image()));
    }

    private Future<Optional<Image>> known(Wish wish) {
        if (!wish.isNamedByFingerprint()) {
            return Future.succeededFuture(Optional.empty());
        }
        return presence.find(wish.project(), wish.name()).map(Optional::of).recover(cause -> cause instanceof RefusedException
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(cause));
    }

    private Future<Obtained> ask(Watch watch) {
        return bringing.look(watch.wish())
                .compose(watch::stillWanted)
                .compose(offer -> bringing.have(offer, watch).compose(brought -> brought.isNew()
                        ? Future.succeededFuture(new Obtained(brought.image(), "fetched"))
                        : current(brought.image(), offer, watch.wish())));
    }

    /** A cached image that was fetched by its fingerprint learns here whom it follows. */
    private Future<Obtained> current(Image image, Offer offer, Wish wish) {
        UpdateSource source = wish.updatedFrom(offer);
        if (!image.cached() || image.source() != null || source == null) {
            return Future.succeededFuture(new Obtained(image, "current"));
        }
        AdoptImage adoption = new AdoptImage(
                image.project(), image.fingerprint(), null, wish.claims().autoUpdate(), null, null, null, null, source,
                wish.claims().requestor());
        return bus.require(CatalogContract.ADOPT_IMAGE, adoption).map(edited -> new Obtained(edited.image(), "current"));
    }

    /** A forbidden address stays forbidden; every other trouble of the source is no reason to stand still. */
    private Future<Obtained> stale(Wish wish, Throwable cause) {
        if (!(cause instanceof RefusedException no) || no.refused().reason() == Refused.Reason.FORBIDDEN) {
            return Future.failedFuture(cause);
        }
        return bus.ask(CatalogContract.SELECT_IMAGES, new SelectImages(wish.project(), null, wish.name()))
                .compose(selected -> selected.images().stream()
                        .filter(image -> isAsWished(image, wish))
                        .findFirst()
                        .map(image -> Future.succeededFuture(stale(image, wish, cause)))
                        .orElseGet(() -> Future.failedFuture(cause)));
    }

    private static Obtained stale(Image image, Wish wish, Throwable cause) {
        LOG.warn(
                "{} stands in for {} of {}, which could not be asked: {}",
                image.fingerprint().shortForm(),
                wish.name(),
                wish.source().server(),
                cause.getMessage());
        return new Obtained(image, "stale");
    }

    private static boolean isAsWished(Image image, Wish wish) {
        return wish.isSatisfiedBy(image.source())
                && (wish.type() == null || wish.type() == image.type())
                && (wish.architecture() == null || wish.architecture() == image.architecture());
    }

    private void touch(Image image) {
        bus.ask(
                CatalogContract.TOUCH_IMAGE,
                new TouchImage(image.project(), image.fingerprint(), clock.instant()));
    }
}
