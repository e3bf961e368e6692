package dev.berth.store;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindReferences;
import dev.berth.image.BlobId;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a start: condemns blobs that no record refers to, and reports records whose blob is not there. Waits for the
 * catalog, which may start later, but not for ever. Belongs to the context of the verticle.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final int MOST_TRIES = 60;

    private final Vertx vertx;
    private final Bus bus;
    private final Workers workers;
    private final BlobStore store;
    private final Deletion deletion;
    private final StoreMeters meters;
    private final Clock clock;
    private final Duration orphanGrace;

    Reconciler(
            Vertx vertx,
            Bus bus,
            Workers workers,
            BlobStore store,
            Deletion deletion,
            StoreMeters meters,
            Clock clock,
            Duration orphanGrace) {
        this.vertx = vertx;
        this.bus = bus;
        this.workers = workers;
        this.store = store;
        this.deletion = deletion;
        this.meters = meters;
        this.clock = clock;
        this.orphanGrace = orphanGrace;
    }

    /** @param inventory taken before the catalog is asked, so that no new blob looks like an orphan */
    Future<Void> reconcile(Inventory inventory) {
        inventory.foreign().forEach(file -> LOG.warn("foreign file among the blobs: {}", file));
        return references(MOST_TRIES)
                .map(known -> Reconciliation.compare(inventory, known, clock.instant(), orphanGrace))
                .compose(this::settle)
                .onFailure(cause -> LOG.warn("blobs and catalog were not compared: {}", cause.toString()));
    }

    private Future<List<BlobId>> references(int triesLeft) {
        return bus.ask(CatalogContract.FIND_REFERENCES, new FindReferences(List.of()))
                .map(CatalogContract.References::blobs)
                .recover(cause -> triesLeft == 0
                        ? Future.failedFuture(cause)
                        : vertx.timer(1, TimeUnit.SECONDS).compose(later -> references(triesLeft - 1)));
    }

    private Future<Void> settle(Reconciliation found) {
        deletion.condemn(found.orphans());
        return workers.files(() -> stillMissing(found.missing())).map(missing -> {
            report(found, missing);
            return null;
        });
    }

    /** A blob that was kept after the inventory was taken is not missing. */
    private List<BlobId> stillMissing(List<BlobId> blobs) throws IOException {
        List<BlobId> missing = new ArrayList<>();
        for (BlobId blob : blobs) {
            if (store.find(blob).isEmpty()) {
                missing.add(blob);
            }
        }
        return missing;
    }

    private void report(Reconciliation found, List<BlobId> missing) {
        meters.missing(missing.size());
        missing.forEach(blob -> LOG.error("blob {} is referred to by an image and is not there", blob.shortForm()));
        if (!found.orphans().isEmpty() || !found.young().isEmpty()) {
            LOG.info(
                    "blobs without a record: {} will be deleted, {} are too young to tell",
                    found.orphans().size(),
                    found.young().size());
        }
    }
}
