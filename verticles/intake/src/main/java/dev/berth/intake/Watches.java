package dev.berth.intake;

import dev.berth.contract.Answer;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Everybody who waits now, by name, so that they can leave. Belongs to intake's context. */
final class Watches {
    private final Map<String, Watch> byName = new HashMap<>();
    private final Transfers transfers;

    Watches(Transfers transfers) {
        this.transfers = transfers;
    }

    /** Does the work; whoever leaves meanwhile is answered at once. */
    <T> Future<Answer<T>> during(Watch watch, Supplier<Future<Answer<T>>> work) {
        if (watch.isNamed()) {
            byName.put(watch.name(), watch);
        }
        return watch.unlessLeft(work.get()).onComplete(end -> byName.remove(watch.name(), watch));
    }

    /** The name may be nobody's: every node hears of every leave. */
    void leave(String name) {
        Watch watch = byName.get(name);
        if (watch != null) {
            watch.leave();
            transfers.dropUnwanted("everybody who wanted it left");
        }
    }
}
