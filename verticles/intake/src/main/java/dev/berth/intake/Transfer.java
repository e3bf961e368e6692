package dev.berth.intake;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** One transfer under way and who wants it. Belongs to intake's context. */
final class Transfer {
    private final String ticket = UUID.randomUUID().toString();
    private final List<Watch> watches = new ArrayList<>();
    private final Promise<String> stopped = Promise.promise();

    String ticket() {
        return ticket;
    }

    void join(Watch watch) {
        watches.add(watch);
    }

    /** Those who still wait for it. */
    List<Watch> waiting() {
        return watches.stream().filter(watch -> !watch.hasLeft()).toList();
    }

    /** True when somebody waits for it, or it serves the cache and not only its askers. */
    boolean isWanted() {
        return watches.stream().anyMatch(watch -> watch.isLasting() || !watch.hasLeft());
    }

    /** Whose wish the record will follow: the first who still waits, else the first of all. */
    Watch claimant() {
        return waiting().stream().findFirst().orElse(watches.get(0));
    }

    void stop(String reason) {
        stopped.tryComplete(reason);
    }

    /** Runs {@code action} with the reason when the transfer is to stop, also when that was earlier. */
    void onStop(Consumer<String> action) {
        stopped.future().onSuccess(action::accept);
    }

    boolean isStopped() {
        return stopped.future().isComplete();
    }
}
