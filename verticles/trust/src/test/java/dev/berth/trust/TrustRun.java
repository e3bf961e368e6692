package dev.berth.trust;

import static dev.berth.testkit.Expect.soon;

import dev.berth.contract.Call;
import dev.berth.contract.Done;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Requestor;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.sql.Sql;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.FakeClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One run of trust on a real database, with a bus of its own; operations is two lambdas and a map. */
final class TrustRun implements AutoCloseable {
    static final Requestor ALICE = new Requestor("a11ce", "tls", "10.0.0.1:4711");

    final FakeClock clock;
    final Map<String, Start> shown = new ConcurrentHashMap<>();
    final Map<String, Finish> ended = new ConcurrentHashMap<>();
    final Bus bus;
    final Vertx vertx = Vertx.vertx();
    final Sql sql;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    TrustRun(Path folder, FakeClock clock, TrustConf conf) {
        this.clock = clock;
        Bus.prepare(vertx);
        bus = new Bus(vertx);
        soon(bus.hear(OperationsContract.EVENT, events::add));
        soon(bus.answer(OperationsContract.START, this::show));
        soon(bus.answer(OperationsContract.FINISH, this::end));
        sql = soon(Sql.open(vertx, folder.resolve("berth.db")));
        soon(vertx.deployVerticle(new TrustVerticle(sql, conf, clock)));
    }

    /** Sweeps often, so that tests need not wait for it. */
    static TrustConf conf() {
        return new TrustConf(Duration.ofSeconds(5), Duration.ofDays(1), Duration.ofMillis(20), 100);
    }

    <Q extends Record, R> R ask(Call<Q, R> call, Q question) {
        return soon(bus.ask(call, question));
    }

    /** Action and source of the next lifecycle event. */
    String nextEvent() throws InterruptedException {
        Event event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("expected an event within 10 s, got none");
        }
        var metadata = LxdJson.read(event.json().getBytes(StandardCharsets.UTF_8)).get("metadata");
        return metadata.get("action").asText() + " " + metadata.get("source").asText();
    }

    @Override
    public void close() {
        soon(sql.close());
        soon(vertx.close());
    }

    private Future<Operation> show(Start start) {
        shown.put(start.id(), start);
        return Future.succeededFuture(operation(start, Status.RUNNING));
    }

    private Future<Operation> end(Finish finish) {
        ended.put(finish.id(), finish);
        Start start = shown.get(finish.id());
        return start == null
                ? Future.failedFuture("operation " + finish.id() + " is not in the table")
                : Future.succeededFuture(operation(start, finish.status()));
    }

    private Operation operation(Start start, Status status) {
        return new Operation(
                start.id(), start.kind(), start.description(), start.project(), clock.instant(), clock.instant(), status,
                start.resources(), start.metadata(), start.mayCancel(), "", start.secret(), start.requestor());
    }
}
