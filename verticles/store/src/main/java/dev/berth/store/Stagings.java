package dev.berth.store;

import dev.berth.contract.StoreContract.Keep;
import dev.berth.contract.StoreContract.Stage;
import dev.berth.contract.StoreContract.Staged;
import dev.berth.contract.StoreContract.Staging;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything in staging, by ticket, in whatever state. Belongs to the context of the verticle. */
final class Stagings {
    private final Map<String, List<Entry>> byTicket = new HashMap<>();

    /** Notes the run under the ticket for as long as it has, or may get, a file. */
    Future<Staging> begin(Stage stage, StagingRun run, Supplier<Future<Staging>> work) {
        Entry entry = new Entry(run);
        byTicket.computeIfAbsent(stage.ticket(), unknown -> new ArrayList<>()).add(entry);
        Future<Staging> answer = work.get();
        entry.busy = answer;
        return answer.onComplete(ended -> {
            if (!(ended.result() instanceof Staged)) {
                forgetWhenGone(stage.ticket(), entry);
            }
        });
    }

    /** Hands the staged file over to {@code publish}; afterwards it is a blob or thrown away, if the disk allowed that. */
    <T> Future<T> keep(Keep keep, Function<StagingFile, Future<T>> publish) {
        for (Entry entry : byTicket.getOrDefault(keep.ticket(), List.of())) {
            if (entry.isStaged(keep.stagingId())) {
                Future<T> kept = publish.apply(entry.run.file());
                entry.busy = kept;
                return kept.onComplete(ended -> forgetWhenGone(keep.ticket(), entry));
            }
        }
        return Future.failedFuture("nothing is staged for ticket " + keep.ticket() + " under " + keep.stagingId());
    }

    /** Throws away all that the ticket has; completes when it is gone. */
    Future<Void> drop(String ticket) {
        List<Future<Void>> gone = List.copyOf(byTicket.getOrDefault(ticket, List.of())).stream()
                .map(entry -> drop(ticket, entry))
                .toList();
        return Future.join(gone).transform(ended -> Future.succeededFuture());
    }

    /** Throws everything away. */
    Future<Void> dropAll() {
        return Future.join(List.copyOf(byTicket.keySet()).stream().map(this::drop).toList()).mapEmpty();
    }

    private Future<Void> drop(String ticket, Entry entry) {
        entry.run.stop("the transfer was given up");
        return entry.busy
                .transform(idle -> entry.run.drop())
                .onComplete(dropped -> forget(ticket, entry));
    }

    /** A file that could not be removed still takes space: dropping its ticket tries again. */
    private void forgetWhenGone(String ticket, Entry entry) {
        if (entry.isGone()) {
            forget(ticket, entry);
        }
    }

    private void forget(String ticket, Entry entry) {
        byTicket.computeIfPresent(ticket, (unchanged, entries) -> {
            entries.remove(entry);
            return entries.isEmpty() ? null : entries;
        });
    }

    /** One file, and what is being done to it. */
    private static final class Entry {
        private final StagingRun run;
        private Future<?> busy = Future.succeededFuture();

        Entry(StagingRun run) {
            this.run = run;
        }

        boolean isGone() {
            return run.file() == null || run.file().isGone();
        }

        boolean isStaged(String stagingId) {
            boolean staged = busy.succeeded() && busy.result() instanceof Staged;
            return staged && run.file().id().equals(stagingId);
        }
    }
}
