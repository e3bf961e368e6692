package dev.berth.store;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindReferences;
import dev.berth.contract.CatalogContract.References;
import dev.berth.image.BlobId;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unlinks condemned blobs, after asking the catalog. Belongs to the context of the verticle. */
final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final Bus bus;
    private final Workers workers;
    private final BlobStore store;
    private final Leases leases;
    private final Deletion deletion;
    private final StoreMeters meters;
    private Future<Void> sweep = Future.succeededFuture();

    Sweeper(Bus bus, Workers workers, BlobStore store, Leases leases, Deletion deletion, StoreMeters meters) {
        this.bus = bus;
        this.workers = workers;
        this.store = store;
        this.leases = leases;
        this.deletion = deletion;
        this.meters = meters;
    }

    /** One round; does nothing while the one before runs. */
    void tick() {
        if (!sweep.isComplete()) {
            return;
        }
        deletion.condemn(leases.expire());
        List<BlobId> due = deletion.due();
        if (!due.isEmpty()) {
            sweep = bus.ask(CatalogContract.FIND_REFERENCES, new FindReferences(due))
                    .compose(references -> remove(due, references))
                    .onFailure(cause -> LOG.warn("{} blobs are not deleted yet: {}", due.size(), cause.getMessage()));
        }
    }

    private Future<Void> remove(List<BlobId> due, References references) {
        references.blobs().forEach(deletion::spare);
        Set<BlobId> referenced = Set.copyOf(references.blobs());
        return Future.join(due.stream()
                        .filter(blob -> !referenced.contains(blob))
                        .map(this::remove)
                        .toList())
                .mapEmpty();
    }

    private Future<OptionalLong> remove(BlobId blob) {
        return workers.files(() -> store.remove(blob)).onSuccess(gone -> gone.ifPresent(length -> {
            meters.deleted(length);
            LOG.info("blob {} is deleted, {} bytes", blob.shortForm(), length);
        }));
    }
}
