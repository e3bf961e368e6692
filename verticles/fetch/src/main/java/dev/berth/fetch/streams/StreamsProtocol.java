package dev.berth.fetch.streams;

import dev.berth.contract.FetchContract.Catalogue;
import dev.berth.contract.FetchContract.Catalogued;
import dev.berth.contract.FetchContract.Download;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.FetchContract.ReadCatalogue;
import dev.berth.contract.FetchContract.Resolve;
import dev.berth.contract.FetchContract.Unchanged;
import dev.berth.contract.Refused.Reason;
import dev.berth.fetch.guard.Location;
import dev.berth.fetch.http.Ask;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.transfer.FilePour;
import dev.berth.fetch.transfer.Landing;
import dev.berth.fetch.transfer.Promised;
import dev.berth.fetch.transfer.Protocol;
import dev.berth.fetch.transfer.Tools;
import dev.berth.fetch.transfer.Transfer;
import dev.berth.image.Architecture;
import dev.berth.image.ImageType;
import dev.berth.kit.openpgp.Keyring;
import dev.berth.simplestreams.IndexEntry;
import dev.berth.simplestreams.Lookup;
import dev.berth.simplestreams.StreamFormatException;
import dev.berth.simplestreams.Wanted;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Fetches as LXD's client of image streams does, except that one products file that fails leaves the others usable. */
public final class StreamsProtocol implements Protocol {
    private static final String NO_IMAGE = "Failed getting remote image info: Image not found";

    private final Tools tools;
    private final Architecture host;
    private final SourceDocuments documents;
    private final Duration fresh;
    private final DeltaRebuild deltas;
    private final Catalogs catalogs = new Catalogs();

    /**
     * @param decoders worker threads for deltas, which may be busy for minutes
     * @param signers who must have signed the documents of a server, by the base URL of that
     * @param host architecture of this machine
     */
    public StreamsProtocol(
            Tools tools,
            WorkerExecutor decoders,
            Clock clock,
            CacheRules rules,
            Map<String, Keyring> signers,
            Architecture host) {
        this.tools = tools;
        this.host = host;
        DocumentCache cache = new DocumentCache(tools.vertx(), tools.client(), tools.workers(), clock, rules);
        this.documents = new SourceDocuments(cache, signers, tools.meters());
        this.fresh = rules.fresh();
        this.deltas = new DeltaRebuild(tools, decoders, deltaFolder(rules.folder()));
    }

    /** Makes the folders for documents and deltas, and clears away what a crash left. Blocks. */
    public static void prepare(Path folder) throws IOException {
        Leftovers.clear(folder, "*.{part,new}");
        Leftovers.clear(deltaFolder(folder), "*");
    }

    @Override
    public Future<Offer> resolve(Resolve wanted) {
        StreamServer server = StreamServer.of(wanted.source(), fresh);
        return documents(server)
                .compose(found -> read(
                        server.base(), () -> catalogs.find(server.base().toString(), found.products(), asked(wanted))))
                .compose(StreamsProtocol::offer);
    }

    @Override
    public Future<Catalogued> catalogue(ReadCatalogue wanted) {
        StreamServer server = StreamServer.of(wanted.source(), wanted.fresh());
        return documents(server).compose(found -> found.version().equals(wanted.known())
                ? Future.succeededFuture(new Unchanged(found.version(), found.asked(), found.trouble()))
                : read(server.base(), () -> catalogs.all(server.base().toString(), found.products()))
                        .map(images -> new Catalogue(found.version(), found.asked(), found.trouble(), images)));
    }

    private Future<StreamDocuments> documents(StreamServer server) {
        return documents.index(server)
                .compose(index -> read(server.base(), () -> catalogs.entries(index))
                        .compose(entries -> products(server, index, entries)));
    }

    @Override
    public Future<Void> download(Download request, Transfer transfer) {
        Location base = Location.parse(request.source().server());
        String pin = request.source().certificate();
        List<OfferedFile> files = request.offer().files();
        return transfer.open(promises(base, request.offer()))
                .compose(landings -> each(base, pin, files, landings, transfer, 0))
                .onFailure(cause -> doubtWhenGone(base, cause));
    }

    private static Path deltaFolder(Path documents) {
        return documents.resolveSibling("deltas");
    }

    private Wanted asked(Resolve wanted) {
        return new Wanted(wanted.name(), wanted.type(), wanted.architecture(), host);
    }

    private Future<StreamDocuments> products(StreamServer server, KeptDocument index, List<IndexEntry> entries) {
        List<Future<KeptDocument>> all = documents.products(server, entries);
        return Future.join(all).transform(joined -> {
            List<KeptDocument> good = all.stream().filter(Future::succeeded).map(Future::result).toList();
            return good.isEmpty() && joined.failed()
                    ? Future.failedFuture(joined.cause())
                    : Future.succeededFuture(new StreamDocuments(index, good, joined.cause()));
        });
    }

    /** A document that makes no sense is asked for again next time. */
    private <T> Future<T> read(Location base, Callable<T> reading) {
        return tools.workers().executeBlocking(reading, false).recover(cause -> {
            if (!(cause instanceof StreamFormatException)) {
                return Future.failedFuture(cause);
            }
            documents.doubt(base);
            return Future.failedFuture(FetchFailure.invalid(
                    "the image stream of " + base + " cannot be read: " + cause.getMessage()));
        });
    }

    private static Future<Offer> offer(Lookup lookup) {
        return lookup.fold(
                found -> Future.succeededFuture(found.offer()),
                () -> Future.failedFuture(FetchFailure.lasting(Reason.NOT_FOUND, NO_IMAGE)),
                ambiguous -> Future.failedFuture(FetchFailure.invalid(
                        "More than one match for the provided partial fingerprint")));
    }

    private static List<Promised> promises(Location base, Offer offer) {
        List<Promised> promises = new ArrayList<>();
        boolean split = offer.files().size() > 1;
        for (OfferedFile file : offer.files()) {
            String rootfs = offer.type() == ImageType.VIRTUAL_MACHINE ? "rootfs.img" : "rootfs";
            String part = !split ? "" : promises.isEmpty() ? "metadata" : rootfs;
            String filename = file.path().substring(file.path().lastIndexOf('/') + 1);
            promises.add(new Promised(base.below(file.path()).toString(), file.size(), file.sha256(), part, filename));
        }
        return promises;
    }

    private Future<Void> each(
            Location base, String pin, List<OfferedFile> files, List<Landing> landings, Transfer transfer, int at) {
        return at == files.size()
                ? Future.succeededFuture()
                : one(base, pin, files.get(at), landings.get(at), transfer)
                        .compose(done -> each(base, pin, files, landings, transfer, at + 1));
    }

    private Future<Void> one(Location base, String pin, OfferedFile file, Landing landing, Transfer transfer) {
        return deltas.rebuild(base, pin, file).compose(made -> made == null
                ? transfer.fetch(Ask.get(base.below(file.path()), pin), reply -> Future.succeededFuture(landing))
                : FilePour.pour(tools.vertx(), made, landing)
                        .eventually(() -> tools.vertx().fileSystem().delete(made.toString())));
    }

    /** A file that is listed and not there: the list is old (peers b.2). */
    private void doubtWhenGone(Location base, Throwable cause) {
        if (cause instanceof FetchFailure failure && failure.refused().reason() == Reason.NOT_FOUND) {
            documents.doubt(base);
        }
    }
}
