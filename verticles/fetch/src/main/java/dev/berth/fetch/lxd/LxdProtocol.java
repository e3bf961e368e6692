package dev.berth.fetch.lxd;

import dev.berth.contract.FetchContract.Catalogued;
import dev.berth.contract.FetchContract.Download;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.ReadCatalogue;
import dev.berth.contract.FetchContract.Resolve;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.Refused.Reason;
import dev.berth.fetch.guard.Location;
import dev.berth.fetch.http.Ask;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.GuardedClient;
import dev.berth.fetch.http.Reply;
import dev.berth.fetch.transfer.Promised;
import dev.berth.fetch.transfer.Protocol;
import dev.berth.fetch.transfer.SplitLanding;
import dev.berth.fetch.transfer.Target;
import dev.berth.fetch.transfer.Transfer;
import dev.berth.image.Fingerprint;
import dev.berth.lxd.multipart.HeaderParameters;
import dev.berth.lxd.multipart.PartHead;
import io.vertx.core.Future;
import java.util.List;

/**
 * Fetches as a daemon does: alias, image, export; with a secret only image and export (rest-api 6.4). Our certificate goes
 * along where the asker may speak for us, so that a server that trusts it gives us its private images as well.
 */
public final class LxdProtocol implements Protocol {
    private static final String NO_IMAGE = "Failed getting remote image info: Image not found";
    /** An image with a million properties has a document of this order. */
    private static final int MOST_DOCUMENT_BYTES = 16 << 20;

    private final GuardedClient client;
    private final LxdList list;

    public LxdProtocol(GuardedClient client, LxdList list) {
        this.client = client;
        this.list = list;
    }

    @Override
    public Future<Offer> resolve(Resolve wanted) {
        LxdPaths paths = LxdPaths.of(wanted.source());
        Source source = wanted.source();
        boolean hidden = !source.secret().isEmpty();
        return hidden || Fingerprint.isWhole(wanted.name())
                ? image(paths, source, wanted.name(), "")
                : get(paths.alias(wanted.name()), source)
                        .compose(alias -> alias == null
                                ? image(paths, source, wanted.name(), "")
                                : image(paths, source, alias.target(), wanted.name()))
                        .compose(offer -> suits(offer, wanted));
    }

    @Override
    public Future<Catalogued> catalogue(ReadCatalogue wanted) {
        return list.of(wanted);
    }

    @Override
    public Future<Void> download(Download request, Transfer transfer) {
        Offer offer = request.offer();
        Location export = LxdPaths.of(request.source()).export(offer.fingerprint().hex());
        return transfer.fetch(question(export, request.source()), reply -> opened(reply, offer, transfer));
    }

    private Future<Offer> image(LxdPaths paths, Source source, String fingerprint, String alias) {
        if (!Fingerprint.isPrefix(fingerprint)) {
            return Future.failedFuture(FetchFailure.lasting(Reason.NOT_FOUND, NO_IMAGE));
        }
        return get(paths.image(fingerprint), source)
                .compose(answer -> answer == null
                        ? Future.failedFuture(FetchFailure.lasting(Reason.NOT_FOUND, NO_IMAGE))
                        : Future.succeededFuture(answer.offer(alias)))
                .compose(offer -> isAsked(offer, fingerprint));
    }

    /** Null when there is no such thing. */
    private Future<LxdAnswer> get(Location location, Source source) {
        return client.ask(question(location, source), reply -> switch (reply.status()) {
            case 200 -> reply.body(MOST_DOCUMENT_BYTES).map(body -> LxdAnswer.read(body.getBytes()));
            case 404 -> Future.succeededFuture();
            default -> Future.failedFuture(reply.asFailure());
        });
    }

    private static Ask question(Location location, Source source) {
        Ask open = Ask.get(location, source.certificate());
        return source.ourselves() ? open.asOurselves() : open;
    }

    private static Future<Offer> isAsked(Offer offer, String fingerprint) {
        return offer.fingerprint().hex().startsWith(fingerprint)
                ? Future.succeededFuture(offer)
                : Future.failedFuture(FetchFailure.invalid(
                        "expected image " + fingerprint + " from the server, got " + offer.fingerprint()));
    }

    private static Future<Offer> suits(Offer offer, Resolve wanted) {
        return wanted.type() == null || wanted.type() == offer.type()
                ? Future.succeededFuture(offer)
                : Future.failedFuture(FetchFailure.lasting(
                        Reason.NOT_FOUND, "Failed getting remote image info: Alias doesn't exist for the specified type"));
    }

    private static Future<Target> opened(Reply reply, Offer offer, Transfer transfer) {
        String from = reply.location().toString();
        return SplitLanding.isMultipart(reply)
                ? transfer.open(List.of(part(from, "metadata"), part(from, "rootfs")))
                        .map(landings -> new SplitLanding(landings, reply, offer.size()))
                : transfer.open(List.of(whole(from, offer, reply))).map(landings -> landings.get(0));
    }

    private static Promised part(String from, String name) {
        return new Promised(from, -1, "", name, "");
    }

    private static Promised whole(String from, Offer offer, Reply reply) {
        String disposition = reply.header("Content-Disposition");
        String filename = disposition == null ? "" : HeaderParameters.of(disposition).getOrDefault("filename", "");
        return new Promised(from, offer.size(), offer.fingerprint().hex(), "", PartHead.withoutFolders(filename));
    }
}
