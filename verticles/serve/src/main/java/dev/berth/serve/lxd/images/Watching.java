package dev.berth.serve.lxd.images;

import dev.berth.contract.FetchContract;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Leave;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Progress;
import dev.berth.lxd.ProgressText;
import dev.berth.serve.lxd.LxdTools;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Operations that wait for images from elsewhere, or on their way there: they show how far these are, and whoever cancels one makes it leave,
 * which stops nothing that others want (rest-api 4.4). One per server instance.
 */
final class Watching {
    private final LxdTools tools;
    private final Set<String> running = new HashSet<>();

    Watching(LxdTools tools) {
        this.tools = tools;
        tools.bus().hear(IntakeContract.WATCHED, news -> show(news.watcher(), "download_progress", news.progress()));
        tools.bus().hear(FetchContract.PROGRESS, news -> show(news.ticket(), "upload_progress", ProgressText.of(news)));
    }

    /** Runs work whose watcher is the operation, until it ends. */
    <T> Future<T> during(Operation operation, Supplier<Future<T>> work) {
        tools.async()
                .onCancel(operation, () -> tools.bus().announce(IntakeContract.LEAVE, new Leave(operation.id())));
        return shown(operation, work);
    }

    /** Runs work whose bus ticket is the operation, until it ends; it goes on whoever cancels. */
    <T> Future<T> shown(Operation operation, Supplier<Future<T>> work) {
        running.add(operation.id());
        return work.get().onComplete(end -> running.remove(operation.id()));
    }

    /** Other instances' operations are shown by them. */
    private void show(String operation, String key, String text) {
        if (running.contains(operation)) {
            tools.bus().ask(OperationsContract.PROGRESS, new Progress(operation, Map.of(key, text)));
        }
    }
}
