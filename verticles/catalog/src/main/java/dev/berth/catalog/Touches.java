package dev.berth.catalog;

import dev.berth.contract.CatalogContract.RemoveImage;
import dev.berth.contract.CatalogContract.TouchImage;
import dev.berth.image.Fingerprint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects uses of images and writes them together, because a popular image is used a thousand times a second and its
 * {@code last_used_at} interests nobody at once. Event loop of the verticle only.
 */
final class Touches {
    /** How long a use may wait for its commit. */
    static final long DELAY_MILLIS = 3_000;

    private static final Logger LOG = LoggerFactory.getLogger(Touches.class);

    private final Vertx vertx;
    private final CatalogState state;
    private final CatalogWriter writer;
    private final Map<Key, Instant> pending = new HashMap<>();

    Touches(Vertx vertx, CatalogState state, CatalogWriter writer) {
        this.vertx = vertx;
        this.state = state;
        this.writer = writer;
    }

    /** Images that are not there cannot be used, so there are never more uses waiting than images. */
    void note(TouchImage call) {
        if (state.snapshot().shelf(call.project()).image(call.fingerprint().hex()).isEmpty()) {
            return;
        }
        if (pending.isEmpty()) {
            vertx.setTimer(DELAY_MILLIS, timer -> flush());
        }
        pending.merge(new Key(call.project(), call.fingerprint()), call.usedAt(), Touches::later);
    }

    /** True when a waiting use forbids this removal. */
    boolean keep(RemoveImage call) {
        Instant usedAt = pending.get(new Key(call.project(), call.fingerprint()));
        return call.unlessUsedSince() != null && usedAt != null && usedAt.isAfter(call.unlessUsedSince());
    }

    /** Writes what is waiting. Never fails: a lost use is no reason to stop anything. */
    Future<Void> flush() {
        List<Step.Touch> touches = pending.entrySet().stream()
                .map(use -> new Step.Touch(use.getKey().project, use.getKey().fingerprint, use.getValue()))
                .toList();
        pending.clear();
        return touches.isEmpty() ? Future.succeededFuture() : write(touches);
    }

    private Future<Void> write(List<Step.Touch> touches) {
        return writer.write(snapshot -> CatalogRules.touch(snapshot, touches))
                .onFailure(cause -> LOG.warn("the last uses of {} images could not be written", touches.size(), cause))
                .transform(done -> Future.succeededFuture());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private record Key(String project, Fingerprint fingerprint) {}
}
