package dev.berth.catalog;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Changed;
import dev.berth.contract.CatalogContract.Orphaned;
import dev.berth.contract.CatalogContract.Removed;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.Refused;
import dev.berth.image.BlobId;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.sql.Sql;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one write after the other: decide on the snapshot, commit, show the next snapshot, tell everybody, answer. Event
 * loop of the verticle only.
 */
final class CatalogWriter {
    /** Writes that may wait for their turn before new ones are refused. */
    static final int MAX_WAITING = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(CatalogWriter.class);
    private static final Refused TOO_BUSY = new Refused(
            Refused.Reason.UNAVAILABLE, "the catalog has " + MAX_WAITING + " writes waiting already, try again later");
    private static final Refused FULL =
            Refused.full("no space left for the catalog; delete images or enlarge the disk");

    private final Sql sql;
    private final Bus bus;
    private final CatalogState state;
    private final CatalogMeters meters;
    private Future<?> last = Future.succeededFuture();
    private int waiting;
    private boolean unsure;

    CatalogWriter(Sql sql, Bus bus, CatalogState state, CatalogMeters meters) {
        this.sql = sql;
        this.bus = bus;
        this.state = state;
        this.meters = meters;
    }

    /** Reads the catalog from the tables, at the start and whenever it is not sure what they hold. */
    Future<Void> reload() {
        return sql.read(SnapshotReader::read)
                .onSuccess(read -> state.show(read.withSequence(state.snapshot().sequence() + 1)))
                .onSuccess(read -> unsure = false)
                .mapEmpty();
    }

    /** No rule decides on what the tables may not hold any more: the write fails when they still cannot be read. */
    private Future<Void> knowing() {
        return unsure ? reload() : Future.succeededFuture();
    }

    /** @param rule decides on the snapshot that is there when its turn comes; may not block */
    <T> Future<Answer<T>> write(Function<Snapshot, Decision<T>> rule) {
        if (waiting >= MAX_WAITING) {
            return Future.succeededFuture(Answer.no(TOO_BUSY));
        }
        waiting++;
        Future<Answer<T>> mine = last.transform(before -> knowing()).compose(known -> carryOut(rule.apply(state.snapshot())));
        last = mine;
        return mine.onComplete(done -> waiting--);
    }

    /** Succeeds when all writes asked for so far have ended, well or badly. */
    Future<Void> settled() {
        return last.transform(done -> Future.succeededFuture());
    }

    private <T> Future<Answer<T>> carryOut(Decision<T> decision) {
        return commit(decision.steps())
                .map(done -> {
                    decision.news().forEach(event -> bus.announce(OperationsContract.EVENT, event));
                    return decision.answer();
                })
                .recover(CatalogWriter::fullAsAnswer);
    }

    private static <T> Future<Answer<T>> fullAsAnswer(Throwable cause) {
        return Sql.isFull(cause) ? Future.succeededFuture(Answer.no(FULL)) : Future.failedFuture(cause);
    }

    private Future<Void> commit(List<Step> steps) {
        if (steps.isEmpty()) {
            return Future.succeededFuture();
        }
        Snapshot next = state.snapshot().after(steps);
        Timer.Sample sample = meters.start();
        return sql.<Void>write(connection -> {
                    StepWriter.write(connection, steps);
                    return null;
                })
                .onComplete(done -> meters.written(sample))
                .onSuccess(done -> show(next, steps))
                .recover(this::lookAgain);
    }

    private void show(Snapshot next, List<Step> steps) {
        state.show(next);
        bus.announce(CatalogContract.CHANGED, new Changed(next.sequence()));
        List<Image> dropped = dropped(steps);
        dropped.forEach(this::tell);
        List<BlobId> orphans = orphans(next, dropped);
        if (!orphans.isEmpty()) {
            bus.announce(CatalogContract.ORPHANED, new Orphaned(orphans));
        }
    }

    private void tell(Image removed) {
        LOG.info("image {} of project {} is removed", removed.fingerprint().shortForm(), removed.project());
        bus.announce(CatalogContract.REMOVED, new Removed(removed.project(), removed.fingerprint()));
    }

    private static List<Image> dropped(List<Step> steps) {
        return steps.stream()
                .filter(Step.Drop.class::isInstance)
                .map(step -> ((Step.Drop) step).image())
                .toList();
    }

    private static List<BlobId> orphans(Snapshot next, List<Image> dropped) {
        return dropped.stream()
                .flatMap(image -> image.files().stream())
                .map(ImageFile::blob)
                .filter(blob -> !next.blobs().refersTo(blob))
                .distinct()
                .toList();
    }

    /** A commit that failed may have reached the disk all the same, so what is there now is read, not assumed. */
    private Future<Void> lookAgain(Throwable cause) {
        LOG.error("a write to the catalog failed, reading it again", cause);
        unsure = true;
        return reload().transform(read -> Future.failedFuture(cause));
    }
}
