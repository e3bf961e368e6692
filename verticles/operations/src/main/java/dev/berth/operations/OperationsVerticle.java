package dev.berth.operations;

import dev.berth.contract.Answer;
import dev.berth.contract.Done;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Await;
import dev.berth.contract.OperationsContract.Cancel;
import dev.berth.contract.OperationsContract.CancelRequested;
import dev.berth.contract.OperationsContract.Find;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.ListAll;
import dev.berth.contract.OperationsContract.Listed;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Progress;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.VoidToken;
import dev.berth.kit.bus.Bus;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the table of operations and tells everybody about every change. */
public final class OperationsVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(OperationsVerticle.class);
    private static final Duration FORGET_EVERY = Duration.ofSeconds(10);
    /** Just under the time limit of the call, so that a wait without end still gets an answer. */
    private static final Duration LONGEST_WAIT = OperationsContract.AWAIT.timeLimit().minusMinutes(1);

    private static final Refused NOT_FOUND = Refused.notFound("Operation not found");
    private static final Refused TOO_MANY_WAITS = new Refused(
            Refused.Reason.UNAVAILABLE, "Too many clients wait for operations already, try again in a moment");

    private final OperationsConf conf;
    private final Clock clock;
    private final MeterRegistry registry;
    private final OperationTable table;
    private Bus bus;
    private Waits waits;
    private OperationNews news;

    public OperationsVerticle(OperationsConf conf, Clock clock, MeterRegistry registry) {
        this.conf = conf;
        this.clock = clock;
        this.registry = registry;
        this.table = new OperationTable(conf, clock);
    }

    @Override
    public Future<?> start() {
        bus = new Bus(vertx);
        waits = new Waits(vertx, conf.waits());
        news = new OperationNews(bus, clock, new OperationMeters(registry, waits::count));
        vertx.setPeriodic(FORGET_EVERY.toMillis(), tick -> table.forget());
        return Future.all(List.of(
                bus.answer(OperationsContract.START, this::begin),
                bus.answer(OperationsContract.PROGRESS, this::progress),
                bus.answer(OperationsContract.FINISH, this::finish),
                bus.answer(OperationsContract.FIND, this::find),
                bus.answer(OperationsContract.LIST, this::list),
                bus.answer(OperationsContract.AWAIT, this::await),
                bus.answer(OperationsContract.CANCEL, this::cancel)));
    }

    /** Starting what is known already changes nothing: tokens are started again after a restart of their keeper. */
    private Future<Operation> begin(Start start) {
        Optional<Operation> known = Optional.ofNullable(start.id()).flatMap(table::find);
        return Future.succeededFuture(known.orElseGet(() -> {
            Operation operation = table.start(start);
            news.started(operation, table.running());
            return operation;
        }));
    }

    private Future<Done> progress(Progress progress) {
        table.progress(progress).ifPresent(news::changed);
        return Future.succeededFuture(Done.DONE);
    }

    private Future<Operation> finish(Finish finish) {
        table.finish(finish).ifPresent(this::tellTheEnd);
        return table.find(finish.id())
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture("operation " + finish.id() + " is not in the table"));
    }

    private Future<Answer<Operation>> find(Find find) {
        return Future.succeededFuture(now(find.id()));
    }

    private Future<Listed> list(ListAll all) {
        return Future.succeededFuture(new Listed(table.list(all.projects())));
    }

    private Future<Answer<Operation>> await(Await await) {
        Optional<Operation> known = table.find(await.id());
        if (known.isEmpty() || known.get().status().isFinal() || await.timeoutSeconds() == 0) {
            return Future.succeededFuture(now(await.id()));
        }
        if (waits.isFull()) {
            return Future.succeededFuture(Answer.no(TOO_MANY_WAITS));
        }
        return waits.wait(await.id(), limit(await)).map(over -> now(await.id()));
    }

    private Future<Answer<Done>> cancel(Cancel cancel) {
        Optional<Operation> known = table.find(cancel.id());
        if (known.isEmpty()) {
            return Future.succeededFuture(Answer.no(NOT_FOUND));
        }
        Optional<Refused> hindrance = OperationTable.hindrance(known.get());
        if (hindrance.isPresent()) {
            return Future.succeededFuture(Answer.no(hindrance.get()));
        }
        LOG.info("operation {} is cancelled by {}", cancel.id(), cancel.requestor().username());
        return known.get().kind() == Kind.TOKEN ? cancelToken(cancel) : cancelTask(cancel, known.get());
    }

    /** The secret is void for good before its owner hears that it is. */
    private Future<Answer<Done>> cancelToken(Cancel cancel) {
        return bus.ask(TrustContract.VOID_TOKEN, new VoidToken(cancel.id())).map(voided -> {
            table.cancelToken(cancel.id()).ifPresent(operation -> {
                news.cancelled(operation, cancel.requestor());
                tellTheEnd(operation);
            });
            return Answer.done();
        });
    }

    private Future<Answer<Done>> cancelTask(Cancel cancel, Operation task) {
        Operation cancelling = table.cancelTask(task);
        news.cancelled(cancelling, cancel.requestor());
        news.changed(cancelling);
        bus.announce(OperationsContract.CANCEL_REQUESTED, new CancelRequested(task.id()));
        return Future.succeededFuture(Answer.done());
    }

    private void tellTheEnd(Operation operation) {
        news.ended(operation, table.running());
        waits.wake(operation);
        LOG.debug("operation {} ended: {}", operation.id(), operation.status());
    }

    private Answer<Operation> now(String id) {
        return table.find(id).map(Answer::yes).orElseGet(() -> Answer.no(NOT_FOUND));
    }

    private static Duration limit(Await await) {
        long most = LONGEST_WAIT.toSeconds();
        return Duration.ofSeconds(await.timeoutSeconds() < 0 ? most : Math.min(most, await.timeoutSeconds()));
    }
}
