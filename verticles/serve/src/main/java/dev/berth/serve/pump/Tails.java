package dev.berth.serve.pump;

import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Follow;
import dev.berth.contract.StoreContract.Growing;
import dev.berth.contract.StoreContract.Growth;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the growing blobs may be read, asked once for all readers of one event loop. Used on that loop.
 *
 * <p>Nothing is remembered while nobody waits: the store knows better.
 */
final class Tails {
    private final Map<String, Question> open = new HashMap<>();
    private final Bus bus;

    /** @param beyond what the asker had; the answer comes when there is more */
    private record Question(long beyond, Future<Long> answer) {}

    Tails(Bus bus) {
        this.bus = bus;
    }

    /** As {@link Source#after}; fails with UNAVAILABLE and the reason when the blob will not come. */
    Future<Long> after(Growing blob, long beyond) {
        Question asked = open.get(blob.stagingId());
        if (asked != null && asked.beyond <= beyond) {
            return asked.answer.compose(readable -> look(blob, asked, readable, beyond));
        }
        Question question = new Question(beyond, ask(blob, beyond));
        open.put(blob.stagingId(), question);
        question.answer.onComplete(answered -> open.remove(blob.stagingId(), question));
        return question.answer;
    }

    /** What another reader was told may be news to that one only. */
    private Future<Long> look(Growing blob, Question asked, long readable, long beyond) {
        boolean noNews = readable == asked.beyond;
        return noNews || readable > beyond
                ? Future.succeededFuture(Math.max(readable, beyond))
                : after(blob, beyond);
    }

    /** Without news the store tells what it knows, which may be less. */
    private Future<Long> ask(Growing blob, long beyond) {
        return bus.ask(StoreContract.FOLLOW, new Follow(blob.blob(), blob.stagingId(), beyond))
                .compose(Tails::readable)
                .map(readable -> Math.max(readable, beyond));
    }

    private static Future<Long> readable(Growth growth) {
        return growth.fold(
                grown -> Future.succeededFuture(grown.readable()),
                stopped -> Future.failedFuture(
                        new RefusedException(new Refused(Refused.Reason.UNAVAILABLE, stopped.text()))));
    }
}
