package dev.berth.operations;

import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Requestor;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.Lifecycle;
import dev.berth.lxd.OperationDocument;
import dev.berth.lxd.OperationEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** Tells the event stream and the meters what happened to an operation, in the order clients know from LXD (rest-api 4.5). */
final class OperationNews {
    private final Bus bus;
    private final Clock clock;
    private final OperationMeters meters;

    OperationNews(Bus bus, Clock clock, OperationMeters meters) {
        this.bus = bus;
        this.clock = clock;
        this.meters = meters;
    }

    void started(Operation operation, int running) {
        meters.running(running);
        changed(new OperationChange(operation, operation.createdAt()).status(Status.PENDING, "").done());
        changed(operation);
    }

    void changed(Operation operation) {
        bus.announce(OperationsContract.EVENT, OperationEvent.event(operation, clock.instant()));
    }

    /** A lifecycle event comes before the operation event that it causes. */
    void cancelled(Operation operation, Requestor requestor) {
        Instant now = clock.instant();
        bus.announce(
                OperationsContract.EVENT,
                Lifecycle.event(
                        "operation-cancelled",
                        OperationDocument.url(operation.id()),
                        Map.of(),
                        requestor,
                        operation.project(),
                        now));
    }

    void ended(Operation operation, int running) {
        meters.running(running);
        meters.ended(operation.status());
        changed(operation);
    }
}
