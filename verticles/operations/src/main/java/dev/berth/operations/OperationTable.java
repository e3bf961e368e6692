package dev.berth.operations;

import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Progress;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which operations there are and what they are like. A change is in the table before anybody hears of it, so that a
 * lookup never lags behind an event. One thread at a time; every method is O(1) but {@link #list}.
 */
final class OperationTable {
    private static final Refused NOT_RUNNING = Refused.invalid("Only running operations can be cancelled");
    private static final Refused NOT_CANCELLABLE = Refused.invalid("This operation can't be cancelled");

    private final OperationsConf conf;
    private final Clock clock;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, Instant> told = new HashMap<>();
    private final Deque<String> ended = new ArrayDeque<>();

    OperationTable(OperationsConf conf, Clock clock) {
        this.conf = conf;
        this.clock = clock;
    }

    Optional<Operation> find(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    /** @param projects whose, or null for all; the oldest comes first */
    List<Operation> list(List<String> projects) {
        List<Operation> listed = new ArrayList<>(operations.values());
        listed.removeIf(operation -> projects != null && !projects.contains(operation.project()));
        return listed;
    }

    int running() {
        return operations.size() - ended.size();
    }

    /** Makes an operation Running; its id must not be in the table. */
    Operation start(Start start) {
        Instant now = clock.instant();
        Operation operation = new Operation(
                start.id() == null ? UUID.randomUUID().toString() : start.id(),
                start.kind(),
                start.description(),
                start.project(),
                now,
                now,
                Status.RUNNING,
                start.resources(),
                Metadata.running(start.metadata(), start.secret()),
                start.mayCancel(),
                "",
                start.secret(),
                start.requestor());
        operations.put(operation.id(), operation);
        return operation;
    }

    /** Takes the new metadata. Empty when nobody needs to hear of it: unknown, ended, or too soon after the last time. */
    Optional<Operation> progress(Progress progress) {
        return find(progress.id()).filter(OperationTable::isRunning).flatMap(before -> {
            Operation after = changed(before).metadata(progress.metadata()).done();
            operations.put(after.id(), after);
            return isWorthTelling(before, after) ? Optional.of(after) : Optional.empty();
        });
    }

    /** Ends an operation. Empty when it is unknown or has ended before. */
    Optional<Operation> finish(Finish finish) {
        return find(finish.id()).filter(OperationTable::isRunning).map(before -> {
            Operation after = changed(before)
                    .status(finish.status(), error(finish))
                    .resources(finish.resources())
                    .metadata(finish.metadata())
                    .done();
            return end(after);
        });
    }

    /** Ends a waiting token: nobody works on it. Empty when it has ended meanwhile. */
    Optional<Operation> cancelToken(String id) {
        return find(id)
                .filter(OperationTable::isRunning)
                .map(before -> end(changed(before).status(Status.CANCELLED, "").done()));
    }

    /** Marks a task whose worker was asked to stop; it must be running. */
    Operation cancelTask(Operation task) {
        Operation after = changed(task).status(Status.CANCELLING, "").done();
        operations.put(after.id(), after);
        return after;
    }

    /** Why {@code operation} cannot be cancelled, or empty when it can. */
    static Optional<Refused> hindrance(Operation operation) {
        if (operation.status() != Status.RUNNING) {
            return Optional.of(NOT_RUNNING);
        }
        return operation.mayCancel() ? Optional.empty() : Optional.of(NOT_CANCELLABLE);
    }

    /** Forgets what ended longer ago than the retention time. */
    void forget() {
        Instant before = clock.instant().minus(conf.retention());
        while (!ended.isEmpty() && operations.get(ended.peek()).updatedAt().isBefore(before)) {
            operations.remove(ended.poll());
        }
    }

    private Operation end(Operation operation) {
        operations.put(operation.id(), operation);
        told.remove(operation.id());
        ended.add(operation.id());
        if (ended.size() > conf.endedKept()) {
            operations.remove(ended.poll());
        }
        return operation;
    }

    private boolean isWorthTelling(Operation before, Operation after) {
        Instant now = after.updatedAt();
        Instant last = told.get(after.id());
        boolean soon = last != null && now.isBefore(last.plus(conf.progressEvery()));
        if (soon && Metadata.differOnlyInProgress(before.metadata(), after.metadata())) {
            return false;
        }
        told.put(after.id(), now);
        return true;
    }

    /** Clients take an operation without error text for a success, whatever its status (rest-api 4.1). */
    private static String error(Finish finish) {
        String error = finish.error() == null ? "" : finish.error();
        return finish.status() == Status.FAILURE && error.isEmpty() ? "Operation failed without saying why" : error;
    }

    private static boolean isRunning(Operation operation) {
        return !operation.status().isFinal();
    }

    private OperationChange changed(Operation operation) {
        return new OperationChange(operation, clock.instant());
    }
}
