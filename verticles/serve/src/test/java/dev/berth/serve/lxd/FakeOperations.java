package dev.berth.serve.lxd;

import dev.berth.contract.Done;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.OperationsContract.Status;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Operations that remember how they ended. */
public final class FakeOperations {
    private static final int PATIENCE_SECONDS = 20;

    private final Map<String, Operation> started = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Finish>> ends = new ConcurrentHashMap<>();

    public FakeOperations(FakeFeatures features) {
        features.on(OperationsContract.START, this::start);
        features.on(OperationsContract.FINISH, this::finish);
        features.on(OperationsContract.PROGRESS, asked -> Done.DONE);
    }

    /** How an operation ended; waits for it. */
    public Finish end(String id) {
        try {
            return ends.get(id).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("operation " + id + " did not end: " + e, e);
        }
    }

    public int count() {
        return started.size();
    }

    private Operation start(Start start) {
        Operation operation = new Operation(
                UUID.randomUUID().toString(), start.kind(), start.description(), start.project(), Instant.now(),
                Instant.now(), Status.RUNNING, start.resources(), start.metadata(), start.mayCancel(), "",
                start.secret(), start.requestor());
        ends.put(operation.id(), new CompletableFuture<>());
        started.put(operation.id(), operation);
        return operation;
    }

    private Operation finish(Finish finish) {
        ends.get(finish.id()).complete(finish);
        return started.get(finish.id());
    }
}
