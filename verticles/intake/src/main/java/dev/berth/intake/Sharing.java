package dev.berth.intake;

import dev.berth.contract.CatalogContract.ImageKept;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Lease;
import dev.berth.contract.StoreContract.Release;
import dev.berth.image.BlobId;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists an image of another project once more: the records share their bytes, which are leased until it is listed. */
final class Sharing {
    private static final Logger LOG = LoggerFactory.getLogger(Sharing.class);

    private final Bus bus;
    private final Clock clock;

    Sharing(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** Fails with a refusal when the bytes are gone. */
    Future<ImageKept> share(Image known, String project, Claims claims) {
        String ticket = UUID.randomUUID().toString();
        List<BlobId> blobs = known.files().stream().map(ImageFile::blob).distinct().toList();
        Image twin = twin(known, project, claims, clock.instant());
        return bus.require(StoreContract.LEASE, new Lease(ticket, blobs))
                .compose(leased -> Listing.list(bus, twin, claims.requestor()))
                .onSuccess(kept -> LOG.info(
                        "shared {} of project {} with project {}",
                        known.fingerprint().shortForm(),
                        known.project(),
                        project))
                .eventually(() -> bus.ask(StoreContract.RELEASE, new Release(ticket)));
    }

    /** The same bytes in another project: facts of the image itself stay, everything else is as claimed. */
    static Image twin(Image known, String project, Claims claims, Instant now) {
        return new Image(
                project,
                known.fingerprint(),
                known.type(),
                known.architecture(),
                claims.visible(),
                claims.autoUpdate(),
                claims.cached(),
                claims.filename() == null ? known.filename() : claims.filename(),
                Wish.laidOver(claims.complete() ? Map.of() : known.properties(), claims.properties()),
                List.of(),
                claims.profiles() == null ? Assembly.DEFAULT_PROFILES : claims.profiles(),
                known.files(),
                claims.createdAt() == null ? known.createdAt() : claims.createdAt(),
                now,
                claims.cached() ? now : Image.NEVER_USED,
                claims.expiresAt() == null ? known.expiresAt() : claims.expiresAt(),
                claims.source());
    }
}
