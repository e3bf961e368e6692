package dev.berth.serve.lxd.images;

import dev.berth.kit.stream.StreamOutlet;
import io.vertx.core.Future;

/** Turns the end of a stream into success or failure. */
final class Settled {
    private Settled() {}

    /** Succeeds when the stream ended as complete, and fails with its reason otherwise. */
    static Future<Void> of(StreamOutlet outlet) {
        return outlet.settled()
                .compose(end -> end.fold(
                        complete -> Future.succeededFuture(),
                        failed -> Future.failedFuture(failed.reason()),
                        cancelled -> Future.failedFuture(cancelled.reason())));
    }
}
