package dev.berth.serve.lxd.images;

import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Leave;
import dev.berth.contract.IntakeContract.Watched;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Progress;
import dev.berth.serve.lxd.LxdTools;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Operations that wait for images from elsewhere: they show how far these are, and whoever cancels one makes it leave,
 * which stops nothing that others want (rest-api 4.4). One per server instance.
 */
final class Watching {
    private final LxdTools tools;
    private final Set<String> running = new HashSet<>();

    Watching(LxdTools tools) {
        this.tools = tools;
        tools.bus().hear(IntakeContract.WATCHED, this::show);
    }

    /** Runs work whose watcher is the operation, until it ends. */
    <T> Future<T> during(Operation operation, Supplier<Future<T>> work) {
        running.add(operation.id());
        tools.async()
                .onCancel(operation, () -> tools.bus().announce(IntakeContract.LEAVE, new Leave(operation.id())));
        return work.get().onComplete(end -> running.remove(operation.id()));
    }

    /** Other instances' operations are shown by them. */
    private void show(Watched watched) {
        if (running.contains(watched.watcher())) {
            Map<String, Object> metadata = Map.of("download_progress", watched.progress());
            tools.bus().ask(OperationsContract.PROGRESS, new Progress(watched.watcher(), metadata));
        }
    }
}
