package dev.berth.serve.edge;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * How many files may be open for sending, over all server instances of a process. One connection of h2 carries many
 * downloads, so that a bound on connections is none on files. Any thread.
 */
final class OpenFiles implements Shareable {
    private final Semaphore free;

    OpenFiles(int most) {
        this.free = new Semaphore(most);
    }

    /** The one of this Vert.x. */
    static OpenFiles of(Vertx vertx) {
        return vertx.sharedData()
                .<String, OpenFiles>getLocalMap("berth.serve.files")
                .computeIfAbsent("open", key -> new OpenFiles(Descriptors.filesThatFit()));
    }

    /** Does what needs {@code many} files until it ends. Refused: UNAVAILABLE when others have too many open. */
    Future<Void> hold(int many, Supplier<Future<Void>> work) {
        if (!free.tryAcquire(many)) {
            return Future.failedFuture(new RefusedException(new Refused(
                    Refused.Reason.UNAVAILABLE, "too many files are open for other downloads, try again in a moment")));
        }
        return Future.<Void>succeededFuture().compose(taken -> work.get()).onComplete(ended -> free.release(many));
    }
}
