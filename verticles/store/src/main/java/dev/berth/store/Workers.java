package dev.berth.store;

import dev.berth.kit.async.ToldInOrder;
import dev.berth.kit.stream.Streams;
import dev.berth.kit.stream.WorkerInlet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which the disk may block: {@code berth-store} for writes and looks, {@code berth-store-force} for
 * what waits until the disk has made something durable, so that no download waits with it. Each piece of work is
 * independent; order is the caller's business.
 */
final class Workers {
    private static final int FILE_THREADS = 4;
    private static final int FORCE_THREADS = 4;
    private static final long LONGEST_MINUTES = 10;

    private final Vertx vertx;
    private final WorkerExecutor files;
    private final WorkerExecutor forces;

    Workers(Vertx vertx) {
        this.vertx = vertx;
        this.files = pool(vertx, "berth-store", FILE_THREADS);
        this.forces = pool(vertx, "berth-store-force", FORCE_THREADS);
    }

    <T> Future<T> files(Callable<T> work) {
        return ToldInOrder.run(vertx, files, work);
    }

    <T> Future<T> forces(Callable<T> work) {
        return ToldInOrder.run(vertx, forces, work);
    }

    /** A byte stream into one file. */
    Future<WorkerInlet> inlet(Streams streams, String address, int mostPerBatch, WorkerInlet.Work work) {
        return streams.inlet(address, files, mostPerBatch, work);
    }

    Future<Void> close() {
        return Future.join(files.close(), forces.close()).mapEmpty();
    }

    private static WorkerExecutor pool(Vertx vertx, String name, int threads) {
        return vertx.createSharedWorkerExecutor(name, threads, LONGEST_MINUTES, TimeUnit.MINUTES);
    }
}
