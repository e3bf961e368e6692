package dev.berth.mirror;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindReferences;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Lease;
import dev.berth.contract.StoreContract.Release;
import dev.berth.image.BlobId;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds on to files that are no longer listed but can still be asked for: a newer version that takes the place of an image
 * here must not take away what clients with an older list are about to fetch. Only what is here is held.
 */
final class Delistings {
    private static final Logger LOG = LoggerFactory.getLogger(Delistings.class);

    private final Vertx vertx;
    private final Bus bus;

    Delistings(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    /** Completes when they are held, or cannot be: then they are fetched again, as long as the upstream still has them. */
    Future<Void> hold(UpstreamConf upstream, List<MirroredFile> gone) {
        if (gone.isEmpty() || upstream.grace().isZero()) {
            return Future.succeededFuture();
        }
        List<BlobId> blobs = gone.stream().map(MirroredFile::blob).distinct().toList();
        return bus.ask(CatalogContract.FIND_REFERENCES, new FindReferences(blobs))
                .compose(here -> here.blobs().isEmpty()
                        ? Future.<Void>succeededFuture()
                        : lease(upstream, here.blobs()))
                .recover(cause -> {
                    LOG.warn("delisted files of upstream {} are not held: {}", upstream.name(), cause.toString());
                    return Future.succeededFuture();
                });
    }

    private Future<Void> lease(UpstreamConf upstream, List<BlobId> blobs) {
        String ticket = "delisted-" + upstream.name() + "-" + UUID.randomUUID();
        vertx.setTimer(Math.max(1, upstream.grace().toMillis()),
                over -> bus.ask(StoreContract.RELEASE, new Release(ticket)));
        return bus.ask(StoreContract.LEASE, new Lease(ticket, blobs)).mapEmpty();
    }
}
