package dev.berth.intake;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.AdoptImage;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Resolve;
import dev.berth.contract.IntakeContract.AlreadyHere;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrived;
import dev.berth.contract.IntakeContract.Bring;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.contract.IntakeContract.Share;
import dev.berth.contract.Refused;
import dev.berth.image.Alias;
import dev.berth.image.Image;
import dev.berth.kit.async.SingleFlight;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Brings an image here from another server: look what it offers, have it (it is here, another project has it and may show
 * it, or it is downloaded), make the record what the asker wishes, give it its names. Looking and having are shared by all
 * who ask the same at the same time; the rest is everybody's own.
 */
final class Bringing {
    private static final String NO_INFO = "Failed getting remote image info: ";

    private final Bus bus;
    private final Transfers transfers;
    private final Downloads downloads;
    private final Sharing sharing;
    private final Naming naming;
    private final Presence presence;
    private final SingleFlight<Question, Offer> questions = new SingleFlight<>();

    /** Two projects never share an answer by accident, though the other server is asked the same. */
    private record Question(Resolve resolve, String project) {}

    Bringing(Bus bus, Transfers transfers, Downloads downloads, Sharing sharing) {
        this.bus = bus;
        this.transfers = transfers;
        this.downloads = downloads;
        this.sharing = sharing;
        this.naming = new Naming(bus);
        this.presence = new Presence(bus);
    }

    Future<Arrival> bring(Bring bring, Watch watch) {
        Wish wish = watch.wish();
        return look(wish)
                .compose(offer -> mustBeFree(bring, offer))
                .compose(watch::stillWanted)
                .compose(offer -> have(offer, watch)
                        .compose(watch::stillWanted)
                        .compose(brought -> settle(brought, offer, watch))
                        .compose(arrival -> give(names(bring, offer), wish.project(), arrival, wish.claims())));
    }

    Future<Arrival> share(Share share) {
        Image known = share.image();
        Claims claims = share.claims();
        List<Alias> names =
                Naming.names(claims.aliases(), share.copyAliases() ? known.aliases() : List.of());
        return naming.mustBeFree(share.project(), names, known.fingerprint())
                .compose(free -> sharing.share(known, share.project(), claims))
                .compose(kept -> kept.fold(
                        isKept -> Future.<Arrival>succeededFuture(new Arrived(isKept.image())),
                        exists -> adopt(exists.image(), claims).map(Bringing::alreadyHere)))
                .compose(arrival -> give(names, share.project(), arrival, claims));
    }

    /** What the other server offers under the wished name. */
    Future<Offer> look(Wish wish) {
        if (wish.offer() != null) {
            return Future.succeededFuture(wish.offer());
        }
        return questions.run(
                new Question(wish.question(), wish.project()),
                () -> bus.ask(FetchContract.RESOLVE, wish.question())
                        .compose(answer -> answer.fold(Future::succeededFuture, Bringing::noInfo)));
    }

    /** Has what is offered, by the one transfer that everybody shares who wants it in the same project. */
    Future<Brought> have(Offer offer, Watch watch) {
        Wish wish = watch.wish();
        Transfers.Key key = new Transfers.Key(wish.project(), offer.fingerprint(), wish.source());
        return transfers.join(key, watch, transfer -> here(key)
                .recover(missing(() -> fromOtherProject(wish, offer, transfer)))
                .recover(missing(() -> downloads.download(wish, offer, transfer))));
    }

    /** Goes on when something is not there, and only then. */
    private static <T> Function<Throwable, Future<T>> missing(Supplier<Future<T>> next) {
        return cause -> cause instanceof RefusedException no && no.refused().reason() == Refused.Reason.NOT_FOUND
                ? next.get()
                : Future.failedFuture(cause);
    }

    private Future<Brought> here(Transfers.Key key) {
        return presence.find(key.project(), key.fingerprint().hex()).map(image -> new Brought(image, false, null));
    }

    private Future<Brought> fromOtherProject(Wish wish, Offer offer, Transfer transfer) {
        return bus.ask(CatalogContract.SELECT_IMAGES, new SelectImages(null, offer.fingerprint(), null))
                .compose(selected -> selected.images().stream()
                        .filter(wish::maySee)
                        .findFirst()
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(new RefusedException(Refused.notFound("Image not found")))))
                .compose(known -> {
                    Watch claimant = transfer.claimant();
                    return sharing.share(known, wish.project(), claimant.wish().claims(offer))
                            .map(kept -> kept.fold(
                                    isKept -> new Brought(isKept.image(), true, claimant),
                                    exists -> new Brought(exists.image(), false, null)));
                });
    }

    /** The record follows the wish of everybody who asked: the last one's in the end (rest-api 3.5 item 3). */
    private Future<Arrival> settle(Brought brought, Offer offer, Watch watch) {
        if (brought.claimant() == watch) {
            return Future.succeededFuture(new Arrived(brought.image()));
        }
        return adopt(brought.image(), watch.wish().given(offer))
                .map(image -> brought.isNew() ? new Arrived(image) : alreadyHere(image));
    }

    private Future<Image> adopt(Image image, Claims claims) {
        AdoptImage adoption = new AdoptImage(
                image.project(),
                image.fingerprint(),
                claims.visible(),
                claims.autoUpdate(),
                claims.cached() ? null : false,
                claims.filename(),
                claims.properties(),
                claims.profiles(),
                claims.source(),
                claims.requestor());
        return bus.require(CatalogContract.ADOPT_IMAGE, adoption).map(edited -> edited.image());
    }

    private Future<Offer> mustBeFree(Bring bring, Offer offer) {
        return naming.mustBeFree(bring.project(), names(bring, offer), offer.fingerprint()).map(offer);
    }

    private Future<Arrival> give(List<Alias> names, String project, Arrival arrival, Claims claims) {
        return arrival.fold(
                arrived -> naming.give(project, names, arrived.image().fingerprint(), claims.requestor()),
                here -> naming.give(project, names, here.fingerprint(), claims.requestor()))
                .map(arrival);
    }

    private static List<Alias> names(Bring bring, Offer offer) {
        return Naming.names(bring.claims().aliases(), bring.copyAliases() ? offer.aliases() : List.of());
    }

    private static Arrival alreadyHere(Image image) {
        return new AlreadyHere(image.fingerprint(), image.size());
    }

    /** LXD's words for a name that the other server does not know (rest-api 3.5 item 9). */
    private static Future<Offer> noInfo(Refused refused) {
        boolean isBare = refused.reason() == Refused.Reason.NOT_FOUND && !refused.text().startsWith(NO_INFO);
        return Future.failedFuture(new RefusedException(
                isBare ? Refused.notFound(NO_INFO + refused.text()) : refused));
    }

    static <T> Future<Answer<T>> answered(Future<T> work) {
        return work.map(Answer::yes).recover(cause -> cause instanceof RefusedException no
                ? Future.succeededFuture(Answer.no(no.refused()))
                : Future.failedFuture(cause));
    }
}
