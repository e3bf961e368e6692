package dev.berth.catalog;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract.Aliases;
import dev.berth.contract.CatalogContract.Images;
import dev.berth.contract.CatalogContract.ListAliases;
import dev.berth.contract.CatalogContract.ListImages;
import dev.berth.contract.Refused;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;

/** Answers lists: from the cache in no time, else put together by a worker. Event loop of the verticle only. */
final class CatalogLists {
    private static final int MAX_SHAPES = 128;
    private static final long MAX_BYTES = 16L << 20;
    /** Lists that may be in the making; each costs a worker some milliseconds. */
    private static final int MAX_WAITING = 500;
    private static final Refused TOO_BUSY = new Refused(
            Refused.Reason.UNAVAILABLE, "the catalog has " + MAX_WAITING + " lists in the making already, try again later");

    private final CatalogState state;
    private final WorkerExecutor workers;
    private final SnapshotCache<ListImages, Answer<Images>> images =
            new SnapshotCache<>(MAX_SHAPES, MAX_BYTES, answer -> weight(answer.map(list -> list.body().length)));
    private final SnapshotCache<ListAliases, Answer<Aliases>> aliases =
            new SnapshotCache<>(MAX_SHAPES, MAX_BYTES, answer -> weight(answer.map(list -> list.body().length)));
    private int waiting;

    CatalogLists(CatalogState state, WorkerExecutor workers) {
        this.state = state;
        this.workers = workers;
    }

    Future<Answer<Images>> images(ListImages call) {
        return images(state.snapshot(), call);
    }

    Future<Answer<Aliases>> aliases(ListAliases call) {
        Snapshot snapshot = state.snapshot();
        return aliases.get(snapshot, call, () -> made(() -> AliasLists.list(snapshot, call)));
    }

    private Future<Answer<Images>> images(Snapshot snapshot, ListImages call) {
        return images.get(snapshot, call, () -> call.gzip()
                ? images(snapshot, plain(call)).compose(this::gzipped)
                : made(() -> ImageLists.list(snapshot, call)));
    }

    private Future<Answer<Images>> gzipped(Answer<Images> plain) {
        return plain.fold(
                list -> made(() -> Answer.yes(ImageLists.gzipped(list))), no -> Future.succeededFuture(plain));
    }

    private <T> Future<Answer<T>> made(Callable<Answer<T>> work) {
        if (waiting >= MAX_WAITING) {
            return Future.succeededFuture(Answer.no(TOO_BUSY));
        }
        waiting++;
        return workers.executeBlocking(work, false).andThen((answer, cause) -> waiting--);
    }

    private static ListImages plain(ListImages call) {
        return new ListImages(
                call.projects(), call.visibleOnly(), call.recursive(), call.withProject(), call.filter(), false);
    }

    /** Refusals are not worth keeping: the next one may be answered. */
    private static long weight(Answer<Integer> length) {
        return length.fold(Integer::longValue, refused -> Long.MAX_VALUE);
    }
}
