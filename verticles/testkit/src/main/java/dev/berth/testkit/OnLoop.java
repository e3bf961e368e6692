package dev.berth.testkit;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Begins work where a verticle would. A chain on an HTTP client that a test's own thread begins may go on in that
 * thread, and then an answer's body can be over before the chain listens to it.
 */
public final class OnLoop {
    private OnLoop() {}

    /** Runs {@code work} on an event loop; its outcome, also when it throws. */
    public static <T> Future<T> of(Vertx vertx, Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        vertx.runOnContext(now -> Future.succeededFuture().compose(go -> work.get()).onComplete(done));
        return done.future();
    }
}
