package dev.berth.serve.lxd;

import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.CancelRequested;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import dev.berth.kit.stream.StreamBroken;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that goes on after its answer: an operation is started, the caller gets 202 at once, and the operation ends as the
 * work does. A refusal becomes the operation's error; anything else that breaks is logged and told without details.
 */
public final class Async {
    private static final Logger LOG = LoggerFactory.getLogger(Async.class);
    private final Bus bus;
    private final Map<String, Runnable> cancels = new HashMap<>();

    Async(Bus bus) {
        this.bus = bus;
        bus.hear(OperationsContract.CANCEL_REQUESTED, this::cancel);
    }

    /** Stands in the place of a stop. */
    private enum Mark implements Runnable {
        /** Work may look at other things before it begins what can be stopped. */
        NOT_YET,
        STOPPED;

        @Override
        public void run() {
            // There is nothing to stop, or nothing any more.
        }
    }

    /** Work under way. */
    @FunctionalInterface
    public interface Work {
        /** The future is how it ended; failing with {@code RefusedException} is the same as a failed outcome. */
        Future<Outcome> run(Operation operation);
    }

    /** Starts, answers 202, and runs the work. The future is the answer's; it does not wait for the work. */
    public Future<Void> answer(RoutingContext ctx, Start start, Work work) {
        return bus.ask(OperationsContract.START, start).compose(operation -> {
            Future<Void> told = Reply.accepted(ctx, operation);
            run(operation, work);
            return told;
        });
    }

    /** Runs work for an operation that was started, and ends the operation. For answers that are not plain 202s. */
    public Future<Operation> run(Operation operation, Work work) {
        cancels.put(operation.id(), Mark.NOT_YET);
        return guarded(operation, work)
                .otherwise(cause -> Outcome.failure(text(operation, cause)))
                .compose(outcome -> finish(operation, outcome));
    }

    /**
     * Runs {@code stop} once when somebody cancels this operation, or at once when that happened already; the work then
     * ends by itself, in whatever way.
     */
    public void onCancel(Operation operation, Runnable stop) {
        if (isCancelled(operation)) {
            stop.run();
        } else {
            cancels.put(operation.id(), stop);
        }
    }

    /** True once somebody cancelled this operation, until it ends. */
    public boolean isCancelled(Operation operation) {
        return cancels.get(operation.id()) == Mark.STOPPED;
    }

    private void cancel(CancelRequested request) {
        Runnable stop = cancels.get(request.id());
        if (stop != null) {
            cancels.put(request.id(), Mark.STOPPED);
            stop.run();
        }
    }

    private Future<Operation> finish(Operation operation, Outcome outcome) {
        boolean cancelled = cancels.remove(operation.id()) == Mark.STOPPED && !outcome.isSuccess();
        Status status = outcome.isSuccess() ? Status.SUCCESS : cancelled ? Status.CANCELLED : Status.FAILURE;
        Finish finish =
                new Finish(operation.id(), status, outcome.metadata(), outcome.error(), outcome.resources());
        return bus.ask(OperationsContract.FINISH, finish)
                .onFailure(cause -> LOG.error("operation {} could not be ended", operation.id(), cause));
    }

    private static Future<Outcome> guarded(Operation operation, Work work) {
        try {
            return work.run(operation);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static String text(Operation operation, Throwable cause) {
        if (cause instanceof RefusedException || cause instanceof StreamBroken) {
            LOG.info("operation {} ({}) failed: {}", operation.id(), operation.description(), cause.getMessage());
            return cause.getMessage();
        }
        LOG.error("operation {} ({}) broke", operation.id(), operation.description(), cause);
        return "The server could not finish \"" + operation.description() + "\"; its log says why";
    }
}
