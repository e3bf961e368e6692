package dev.berth.fetch.lxd;

import dev.berth.contract.FetchContract.Catalogue;
import dev.berth.contract.FetchContract.Catalogued;
import dev.berth.contract.FetchContract.Listed;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.ReadCatalogue;
import dev.berth.contract.FetchContract.Unchanged;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.streams.CacheRules;
import dev.berth.fetch.streams.DocumentCache;
import dev.berth.fetch.streams.KeptDocument;
import dev.berth.fetch.streams.Shape;
import dev.berth.fetch.streams.Wish;
import dev.berth.fetch.transfer.Tools;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public images of an LXD server, kept on disk as image streams are. Nothing tells whether such an image is one file or
 * two, so no files are offered. One context.
 */
public final class LxdList {
    private static final Logger LOG = LoggerFactory.getLogger(LxdList.class);
    /** Some ten thousand images. */
    private static final long MOST_BYTES = 16 << 20;
    private static final Shape LIST = document -> LxdAnswer.readList(Files.readAllBytes(document));

    private final WorkerExecutor workers;
    private final DocumentCache documents;

    public LxdList(Tools tools, Clock clock, CacheRules rules) {
        CacheRules own = new CacheRules(rules.folder(), Math.min(MOST_BYTES, rules.mostBytes()), rules.fresh());
        this.workers = tools.workers();
        this.documents = new DocumentCache(tools.vertx(), tools.client(), workers, clock, own);
    }

    Future<Catalogued> of(ReadCatalogue wanted) {
        LxdPaths paths = LxdPaths.of(wanted.source());
        Wish list = Wish.unsigned(paths.base(), paths.images(), wanted.source().certificate(), LIST);
        return documents.get(list, wanted.fresh())
                .compose(kept -> kept.version().equals(wanted.known())
                        ? Future.succeededFuture(new Unchanged(kept.version(), kept.checked(), kept.trouble()))
                        : workers.executeBlocking(() -> read(kept), false));
    }

    private static Catalogued read(KeptDocument list) throws IOException {
        List<Listed> images = LxdAnswer.readList(Files.readAllBytes(list.body())).stream()
                .flatMap(answer -> offer(answer).stream())
                .filter(Offer::visible)
                .map(offer -> new Listed(offer, null))
                .toList();
        return new Catalogue(list.version(), list.checked(), list.trouble(), images);
    }

    /** One image that makes no sense costs only itself. */
    private static Optional<Offer> offer(LxdAnswer answer) {
        try {
            return Optional.of(answer.offer(""));
        } catch (FetchFailure e) {
            LOG.info("an image of a list is left out: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
