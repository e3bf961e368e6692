package dev.berth.serve.lxd.server;

import dev.berth.serve.lxd.LxdTools;
import io.vertx.core.WorkerExecutor;

/** The threads for what would hold up an event loop: password checks and metric reports. */
final class FaceWorkers {
    private static final String NAME = "berth-face";
    private static final int THREADS = 2;

    private FaceWorkers() {}

    /** The pool that all server instances share; it ends with the last of them. */
    static WorkerExecutor of(LxdTools tools) {
        return tools.edge().vertx().createSharedWorkerExecutor(NAME, THREADS);
    }
}
