package dev.berth.serve.lxd.server;

import dev.berth.contract.Answer;
import dev.berth.contract.Done;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Await;
import dev.berth.contract.OperationsContract.Cancel;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.ListAll;
import dev.berth.contract.OperationsContract.Listed;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.kit.bus.Bus;
import dev.berth.serve.lxd.FaceServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Operations in memory. Waits end when the operation is final or the time is up, as in the real thing. */
final class FakeOperations {
    final Map<String, Operation> all = new ConcurrentHashMap<>();
    private final Map<String, Promise<Void>> ends = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final Bus bus;

    FakeOperations(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
        FaceServer.await(bus.answer(OperationsContract.START, this::start));
        FaceServer.await(bus.answer(OperationsContract.FINISH, question -> Future.succeededFuture(end(question))));
        FaceServer.await(bus.answer(OperationsContract.FIND, question -> Future.succeededFuture(find(question.id()))));
        FaceServer.await(bus.answer(OperationsContract.LIST, this::list));
        FaceServer.await(bus.answer(OperationsContract.AWAIT, this::await));
        FaceServer.await(bus.answer(OperationsContract.CANCEL, this::cancel));
    }

    /** An operation that runs until {@link #end} says otherwise. */
    Operation running(Kind kind, String project, String secret, Map<String, Object> metadata) {
        Operation operation = new Operation(
                UUID.randomUUID().toString(), kind, "Doing things", project, Instant.now(), Instant.now(),
                Status.RUNNING, null, metadata, kind == Kind.TOKEN, "", secret, Requestor.BERTH);
        return keep(operation);
    }

    Operation end(Finish finish) {
        Operation before = all.get(finish.id());
        Operation after = new Operation(
                before.id(), before.kind(), before.description(), before.project(), before.createdAt(), Instant.now(),
                finish.status(), before.resources(), finish.metadata(), false, finish.error(), before.secret(),
                before.requestor());
        keep(after);
        ends.get(after.id()).tryComplete();
        return after;
    }

    /** Sends an event to everybody who listens. */
    void announce(String type, String project, boolean adminsOnly, String json) {
        bus.announce(OperationsContract.EVENT, new Event(type, project, Instant.now(), adminsOnly, json));
    }

    private Operation keep(Operation operation) {
        all.put(operation.id(), operation);
        ends.putIfAbsent(operation.id(), Promise.promise());
        return operation;
    }

    private Future<Operation> start(Start start) {
        Operation operation = new Operation(
                start.id() == null ? UUID.randomUUID().toString() : start.id(), start.kind(), start.description(),
                start.project(), Instant.now(), Instant.now(), Status.RUNNING, start.resources(), start.metadata(),
                start.mayCancel(), "", start.secret(), start.requestor());
        return Future.succeededFuture(keep(operation));
    }

    private Answer<Operation> find(String id) {
        Operation operation = all.get(id);
        return operation == null ? Answer.no(Refused.notFound("Operation not found")) : Answer.yes(operation);
    }

    private Future<Listed> list(ListAll question) {
        List<Operation> listed = all.values().stream()
                .filter(operation -> question.projects() == null || question.projects().contains(operation.project()))
                .toList();
        return Future.succeededFuture(new Listed(listed));
    }

    private Future<Answer<Operation>> await(Await question) {
        Promise<Answer<Operation>> answer = Promise.promise();
        long millis = Math.max(1, question.timeoutSeconds() * 1000);
        vertx.setTimer(millis, up -> answer.tryComplete(find(question.id())));
        ends.get(question.id()).future().onSuccess(ended -> answer.tryComplete(find(question.id())));
        return answer.future();
    }

    private Future<Answer<Done>> cancel(Cancel question) {
        Operation operation = all.get(question.id());
        if (operation.status().isFinal()) {
            return Future.succeededFuture(Answer.no(Refused.invalid("Only running operations can be cancelled")));
        }
        end(new Finish(question.id(), Status.CANCELLED, operation.metadata(), "", null));
        return Future.succeededFuture(Answer.done());
    }
}
