package dev.berth.expire;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.RemoveImage;
import dev.berth.contract.ExpireContract;
import dev.berth.contract.ExpireContract.Verdict;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.image.Image;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has images removed, one after the other, and says why each one went. */
final class Remover {
    private static final Logger LOG = LoggerFactory.getLogger(Remover.class);

    private final Bus bus;
    private final ExpireMeters meters;

    Remover(Bus bus, ExpireMeters meters) {
        this.bus = bus;
        this.meters = meters;
    }

    /** Answers what really went: an image that was used in the meantime stays, and one that cannot be removed spoils nothing. */
    Future<List<Verdict>> remove(List<Removal> removals, Instant now) {
        List<Verdict> gone = new ArrayList<>();
        Future<Void> all = Future.succeededFuture();
        for (Removal removal : removals) {
            all = all.compose(before -> remove(removal, now, gone));
        }
        return all.map(done -> gone);
    }

    private Future<Void> remove(Removal removal, Instant now, List<Verdict> gone) {
        Image image = removal.image();
        RemoveImage question =
                new RemoveImage(image.project(), image.fingerprint(), image.idleSince(), Requestor.BERTH);
        return bus.ask(CatalogContract.REMOVE_IMAGE, question)
                .onSuccess(answer -> answer.fold(
                        removed -> gone.add(told(removal, now)),
                        refused -> stays(image, refused)))
                .onFailure(cause -> LOG.error("image {} could not be removed", image.fingerprint().shortForm(), cause))
                .transform(done -> Future.succeededFuture());
    }

    private Verdict told(Removal removal, Instant now) {
        Image image = removal.image();
        LOG.info(
                "image {} of project {} is forgotten, {} bytes: {}; last used {}",
                image.fingerprint().shortForm(), image.project(), removal.bytes(), removal.rule(), lastUse(image));
        meters.removed(removal);
        Verdict verdict = removal.verdict(now);
        bus.announce(ExpireContract.EXPIRED, verdict);
        return verdict;
    }

    private static boolean stays(Image image, Refused refused) {
        LOG.info("image {} of project {} stays: {}", image.fingerprint().shortForm(), image.project(), refused.text());
        return false;
    }

    private static String lastUse(Image image) {
        return image.lastUsedAt().equals(Image.NEVER_USED) ? "never" : image.lastUsedAt().toString();
    }
}
