package dev.berth.fetch.direct;

import dev.berth.contract.FetchContract.Catalogued;
import dev.berth.contract.FetchContract.Download;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.FetchContract.ReadCatalogue;
import dev.berth.contract.FetchContract.Resolve;
import dev.berth.fetch.guard.Location;
import dev.berth.fetch.http.Ask;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.GuardedClient;
import dev.berth.fetch.http.Reply;
import dev.berth.fetch.transfer.Promised;
import dev.berth.fetch.transfer.Protocol;
import dev.berth.fetch.transfer.Transfer;
import dev.berth.image.Architecture;
import dev.berth.image.Fingerprint;
import dev.berth.image.ImageType;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;

/**
 * Asks a page with HEAD, whatever its status, for hash and place of a unified image, introducing itself as both families
 * of clients do. Type and architecture of the offer are guesses: only the image itself knows them.
 */
public final class DirectProtocol implements Protocol {
    /** New enough for every server that looks. */
    private static final String AS_VERSION = "5.0.2";

    private final GuardedClient client;
    private final DirectHosts hosts;
    private final Architecture host;

    /**
     * @param hosts {@code fetch.direct-hosts}
     * @param host architecture of this machine
     */
    public DirectProtocol(GuardedClient client, List<String> hosts, Architecture host) {
        this.client = client;
        this.hosts = new DirectHosts(hosts);
        this.host = host;
    }

    @Override
    public Future<Offer> resolve(Resolve wanted) {
        Location page = hosts.checked(Location.parse(wanted.source().server()));
        Ask ask = new Ask(HttpMethod.HEAD, page, introduction(), wanted.source().certificate());
        return client.ask(ask, reply -> Future.succeededFuture(offer(reply)));
    }

    @Override
    public Future<Catalogued> catalogue(ReadCatalogue wanted) {
        return Future.failedFuture(FetchFailure.invalid("a page offers one image and lists none"));
    }

    @Override
    public Future<Void> download(Download request, Transfer transfer) {
        OfferedFile file = request.offer().files().get(0);
        Location location = hosts.checked(Location.parse(file.path()));
        Promised promised = new Promised(
                location.toString(), file.size(), file.sha256(), "", request.offer().filename());
        return transfer.fetch(
                Ask.get(location, samePin(request, location)),
                reply -> transfer.open(List.of(promised)).map(landings -> landings.get(0)));
    }

    private Map<String, String> introduction() {
        String architectures = host.canonical() + (host == Architecture.X86_64 ? ", i686" : "");
        return Map.of(
                "LXD-Server-Version", AS_VERSION,
                "LXD-Server-Architectures", architectures,
                "Incus-Server-Version", AS_VERSION,
                "Incus-Server-Architectures", architectures);
    }

    private Offer offer(Reply reply) {
        Fingerprint hash = hash(header(reply, "Image-Hash"));
        Location image = hosts.checked(Location.parse(header(reply, "Image-URL")));
        String filename = image.path().substring(image.path().lastIndexOf('/') + 1);
        String url = header(reply, "Image-URL");
        OfferedFile file = new OfferedFile(url, -1, hash.hex(), List.of());
        return new Offer(
                hash, "", ImageType.CONTAINER, host, Map.of(), List.of(), filename, false, -1, null, null, List.of(file));
    }

    private static Fingerprint hash(String text) {
        try {
            return new Fingerprint(text.strip());
        } catch (IllegalArgumentException e) {
            throw FetchFailure.invalid("LXD-Image-Hash header: " + e.getMessage());
        }
    }

    private static String header(Reply reply, String name) {
        String lxd = reply.header("LXD-" + name);
        String value = lxd == null ? reply.header("Incus-" + name) : lxd;
        if (value == null) {
            throw FetchFailure.invalid("Missing LXD-" + name + " header");
        }
        return value;
    }

    /** A pin is for the server of the page, not for another one that holds the image. */
    private static String samePin(Download request, Location image) {
        boolean same = Location.parse(request.source().server()).origin().equals(image.origin());
        return same ? request.source().certificate() : "";
    }
}
