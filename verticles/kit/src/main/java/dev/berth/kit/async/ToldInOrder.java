package dev.berth.kit.async;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.Callable;

/**
 * Blocking work whose callers are told on their own context, in the order in which the works ended: what is told is put into
 * the queue of the context by the worker itself. With a worker's own Future, a caller whose work ends before it has
 * looked goes on at once, and overtakes one whose work ended earlier and whose message still waits in that queue.
 */
public final class ToldInOrder {
    private ToldInOrder() {}

    /** Any thread; without a context of its own the caller is told on a new one. Fails as {@code work} does, or when refused. */
    public static <T> Future<T> run(Vertx vertx, WorkerExecutor workers, Callable<T> work) {
        ContextInternal caller = ((VertxInternal) vertx).getOrCreateContext();
        Promise<T> told = caller.promise();
        try {
            workers.executeBlocking(() -> runAndTell(work, caller, told), false).onFailure(told::tryFail);
        } catch (RuntimeException closed) {
            told.tryFail(closed);
        }
        return told.future();
    }

    private static <T> Void runAndTell(Callable<T> work, Context caller, Promise<T> told) {
        try {
            T result = work.call();
            caller.runOnContext(turn -> told.tryComplete(result));
        } catch (Exception e) {
            caller.runOnContext(turn -> told.tryFail(e));
        }
        return null;
    }
}
