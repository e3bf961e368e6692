package dev.berth.intake;

import dev.berth.contract.Answer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Everybody who waits now, by name, so that they can leave. Belongs to intake's context. */
final class Watches {
    private static final int MOST_EARLY = 1_000;

    private final Map<String, Watch> byName = new HashMap<>();
    private final Set<String> early = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_EARLY;
        }
    });
    private final Transfers transfers;

    Watches(Transfers transfers) {
        this.transfers = transfers;
    }

    /** Does the work; whoever leaves meanwhile is answered at once, and for whoever left before there is no work. */
    <T> Future<Answer<T>> during(Watch watch, Supplier<Future<Answer<T>>> work) {
        if (early.remove(watch.name())) {
            watch.leave();
            return watch.unlessLeft(Promise.<Answer<T>>promise().future());
        }
        if (watch.isNamed()) {
            byName.put(watch.name(), watch);
        }
        return watch.unlessLeft(work.get()).onComplete(end -> byName.remove(watch.name(), watch));
    }

    /**
     * The name may be nobody's, as every node hears of every leave; or not known yet, because a question may take its
     * time to get here.
     */
    void leave(String name) {
        Watch watch = byName.get(name);
        if (watch == null) {
            early.add(name);
        } else {
            watch.leave();
            transfers.dropUnwanted("everybody who wanted it left");
        }
    }
}
