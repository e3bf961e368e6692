package dev.berth.operations;

import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An operation with something changed; what is not named stays. */
final class OperationChange {
    private final Operation before;
    private final Instant now;
    private Status status;
    private String error;
    private Map<String, Object> metadata;
    private Map<String, List<String>> resources;

    OperationChange(Operation before, Instant now) {
        this.before = before;
        this.now = now;
        this.status = before.status();
        this.error = before.error();
        this.metadata = before.metadata();
        this.resources = before.resources();
    }

    OperationChange status(Status newStatus, String newError) {
        status = newStatus;
        error = newError;
        return this;
    }

    /** The whole new metadata, null for none. Set the status first: what ended shows no progress. */
    OperationChange metadata(Map<String, Object> newMetadata) {
        metadata = status.isFinal()
                ? Metadata.ended(newMetadata, before.secret())
                : Metadata.running(newMetadata, before.secret());
        return this;
    }

    /** @param newResources null to keep them */
    OperationChange resources(Map<String, List<String>> newResources) {
        resources = newResources == null ? resources : newResources;
        return this;
    }

    Operation done() {
        return new Operation(
                before.id(),
                before.kind(),
                before.description(),
                before.project(),
                before.createdAt(),
                now,
                status,
                resources,
                metadata,
                before.mayCancel(),
                error,
                before.secret(),
                before.requestor());
    }
}
