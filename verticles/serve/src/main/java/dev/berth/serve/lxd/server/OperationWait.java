package dev.berth.serve.lxd.server;

import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Await;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.Refused;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;

/**
 * Waits for the end of an operation in slices, so that a client that left is forgotten within one slice and a node that
 * died in between is replaced by another.
 */
final class OperationWait {
    static final long FOREVER = -1;
    /** Longest single question to the operations feature, in seconds. */
    static final long SLICE = 60;

    private final Bus bus;

    OperationWait(Bus bus) {
        this.bus = bus;
    }

    /** Reads {@code ?timeout=}: seconds; absent or negative means forever. Throws {@link RefusedException}. */
    static long seconds(String timeout) {
        if (timeout == null || timeout.isEmpty()) {
            return FOREVER;
        }
        try {
            return Math.max(FOREVER, Long.parseLong(timeout));
        } catch (NumberFormatException e) {
            throw new RefusedException(
                    Refused.invalid("expected a whole number of seconds as timeout, got \"" + timeout + "\""));
        }
    }

    /** The operation when it is final, or as it is when the time is up or nobody listens any more. */
    Future<Operation> until(String id, long seconds, HttpServerResponse listener) {
        long slice = seconds == FOREVER ? SLICE : Math.min(SLICE, seconds);
        long left = seconds == FOREVER ? FOREVER : seconds - slice;
        return bus.require(OperationsContract.AWAIT, new Await(id, slice))
                .compose(operation -> operation.status().isFinal() || left == 0 || listener.closed()
                        ? Future.succeededFuture(operation)
                        : until(id, left, listener));
    }
}
