package dev.berth.refresh;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.ReplaceImage;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Resolve;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrived;
import dev.berth.contract.IntakeContract.Bring;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.UpdateSource;
import dev.berth.kit.bus.Bus;
import dev.berth.refresh.Outcome.Ending;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares one image with its source, and puts the newer one in its place: the names move when the newer one is kept, and
 * the old record goes in the same moment (rest-api 6.3). Whatever the source does wrong, the image stays.
 */
final class Comparison {
    private final Bus bus;
    private final Lanes checks;
    private final Lanes transfers;

    Comparison(Bus bus, Lanes checks, Lanes transfers) {
        this.bus = bus;
        this.checks = checks;
        this.transfers = transfers;
    }

    /** Never fails because of the source: its trouble is an outcome. */
    Future<Outcome> of(Image image, String watcher, Requestor requestor) {
        return checks.run(image.source().server(), () -> offered(image))
                .compose(answer -> answer.fold(
                        offer -> followed(image, offer, watcher, requestor),
                        refused -> Future.succeededFuture(trouble(image, refused))))
                .recover(cause -> Future.succeededFuture(
                        new Outcome(Ending.FAILED, image.fingerprint(), String.valueOf(cause.getMessage()))));
    }

    private Future<Answer<Offer>> offered(Image image) {
        return bus.ask(FetchContract.RESOLVE, new Resolve(
                source(image), image.source().alias(), image.type(), image.architecture()));
    }

    private Future<Outcome> followed(Image image, Offer offer, String watcher, Requestor requestor) {
        if (offer.fingerprint().equals(image.fingerprint())) {
            return Future.succeededFuture(Outcome.current(image.fingerprint()));
        }
        return find(image.project(), offer.fingerprint()).compose(here -> here.isPresent()
                ? replaced(image, offer.fingerprint(), false, requestor)
                : brought(image, watcher, requestor));
    }

    private Future<Optional<Image>> find(String project, Fingerprint fingerprint) {
        return bus.ask(CatalogContract.FIND_IMAGE, new FindImage(project, fingerprint.hex(), false))
                .map(answer -> answer.fold(found -> Optional.of(found.image()), refused -> Optional.empty()));
    }

    private Future<Outcome> brought(Image image, String watcher, Requestor requestor) {
        return transfers.run(image.source().server(), () -> bus.ask(IntakeContract.BRING, bring(image, watcher, requestor)))
                .compose(answer -> answer.fold(
                        arrival -> arrived(image, arrival, requestor),
                        refused -> Future.succeededFuture(trouble(image, refused))));
    }

    /** The name may lead back to the old image by now. */
    private Future<Outcome> arrived(Image image, Arrival arrival, Requestor requestor) {
        Fingerprint newer = fingerprint(arrival);
        return newer.equals(image.fingerprint())
                ? Future.succeededFuture(Outcome.current(newer))
                : find(image.project(), image.fingerprint()).compose(now -> isWantedStill(image, now)
                        ? replaced(image, newer, arrival instanceof Arrived, requestor)
                        : Future.succeededFuture(leftAlone(image)));
    }

    /** Fetching took its time: whoever removed the image, or switched its updates off meanwhile, is heard. */
    private static boolean isWantedStill(Image image, Optional<Image> now) {
        return now.isPresent() && (now.get().autoUpdate() || !image.autoUpdate());
    }

    private static Outcome leftAlone(Image image) {
        String text = "the image was removed, or its updates switched off, while the newer one came";
        return new Outcome(Ending.FAILED, image.fingerprint(), text);
    }

    private Future<Outcome> replaced(Image image, Fingerprint newer, boolean brought, Requestor requestor) {
        ReplaceImage question =
                new ReplaceImage(image.project(), image.fingerprint(), newer, brought, requestor);
        return bus.ask(CatalogContract.REPLACE_IMAGE, question)
                .map(answer -> answer.fold(
                        done -> Outcome.replacedBy(newer),
                        refused -> new Outcome(Ending.FAILED, image.fingerprint(), refused.text())));
    }

    /** The newer image begins with the flags of the old one; names and last use come when it takes its place. */
    private static Bring bring(Image image, String watcher, Requestor requestor) {
        boolean incus = image.source().protocol().equals("incus");
        Claims claims = new Claims(
                null, image.visible(), image.autoUpdate(), image.cached(), Map.of(), image.profiles(), List.of(), null,
                null, image.source(), requestor, incus);
        return new Bring(
                source(image), image.source().alias(), image.type(), image.architecture(), image.project(), claims,
                false, watcher);
    }

    private static Source source(Image image) {
        UpdateSource source = image.source();
        return new Source(source.server(), source.protocol(), source.certificate(), "", "", source.ourselves());
    }

    private static Fingerprint fingerprint(Arrival arrival) {
        return arrival.fold(arrived -> arrived.image().fingerprint(), here -> here.fingerprint());
    }

    private static Outcome trouble(Image image, Refused refused) {
        Ending ending = refused.reason() == Refused.Reason.NOT_FOUND ? Ending.GONE : Ending.FAILED;
        return new Outcome(ending, image.fingerprint(), refused.text());
    }
}
