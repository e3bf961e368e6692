package dev.berth.fetch.transfer;

import dev.berth.fetch.http.Ask;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.FetchMeters;
import dev.berth.fetch.http.GuardedClient;
import dev.berth.fetch.http.Reply;
import dev.berth.fetch.http.RetryPlan;
import dev.berth.fetch.http.Sink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One body, in as many tries as it takes. Each further try asks for what is left, on condition that it is still the same
 * file; a server that begins again instead is taken at its word, see {@link Target#restart}. One context.
 */
final class ResumingFetch {
    private static final Logger LOG = LoggerFactory.getLogger(ResumingFetch.class);

    private final Vertx vertx;
    private final GuardedClient client;
    private final FetchMeters meters;
    private final Ask ask;
    private final RetryPlan plan;
    private final Function<Reply, Future<Target>> opener;
    private Target target;
    private Reply current;
    private FetchFailure stopped;
    private String condition = "";
    private long position;

    /** @param opener makes the target out of the first good answer */
    ResumingFetch(
            Vertx vertx, GuardedClient client, FetchMeters meters, Ask ask, Function<Reply, Future<Target>> opener) {
        this.vertx = vertx;
        this.client = client;
        this.meters = meters;
        this.ask = ask;
        this.opener = opener;
        this.plan = new RetryPlan(
                client.limits().tries(),
                client.limits().patience(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Completes when the target has ended, too. */
    Future<Void> run() {
        return attempt().compose(done -> target.end());
    }

    /** Nobody wants it any more. */
    void stop(FetchFailure reason) {
        stopped = reason;
        if (current != null) {
            current.abort(reason);
        }
    }

    private Future<Void> attempt() {
        return client.ask(position == 0 ? ask : ask.with(rest()), this::receive)
                .onComplete(done -> current = null)
                .recover(this::again);
    }

    private Map<String, String> rest() {
        Map<String, String> headers = new HashMap<>();
        headers.put("Range", "bytes=" + position + "-");
        if (!condition.isEmpty()) {
            headers.put("If-Range", condition);
        }
        return headers;
    }

    private Future<Void> again(Throwable cause) {
        FetchFailure failure = stopped == null && cause instanceof FetchFailure known ? known : null;
        Duration pause = failure == null ? null : plan.next(failure, position);
        if (pause == null) {
            return Future.failedFuture(stopped == null ? cause : stopped);
        }
        LOG.info("trying {} again from byte {} in {} ms: {}", ask.location(), position, pause.toMillis(), cause.getMessage());
        meters.retried();
        Promise<Void> rested = Promise.promise();
        vertx.setTimer(Math.max(1, pause.toMillis()), late -> rested.complete());
        return rested.future().compose(go -> stopped == null ? attempt() : Future.failedFuture(stopped));
    }

    private Future<Void> receive(Reply reply) {
        if (stopped != null) {
            return Future.failedFuture(stopped);
        }
        current = reply;
        if (reply.status() == 206 && position > 0) {
            return continues(reply) ? reply.pump(counting()) : Future.failedFuture(elsewhere(reply));
        }
        if (reply.status() != 200) {
            return Future.failedFuture(reply.asFailure());
        }
        condition = conditionOf(reply);
        return begun(reply).compose(open -> reply.pump(counting()));
    }

    private Future<Target> begun(Reply reply) {
        if (target == null) {
            return opener.apply(reply).onSuccess(made -> target = made);
        }
        position = 0;
        target.restart(reply);
        return Future.succeededFuture(target);
    }

    private boolean continues(Reply reply) {
        String range = reply.header("Content-Range");
        return range != null && range.strip().startsWith("bytes " + position + "-");
    }

    private FetchFailure elsewhere(Reply reply) {
        return FetchFailure.invalid("expected the bytes from " + position + " on from " + reply.location() + ", got "
                + reply.header("Content-Range"));
    }

    /** A weak tag does not say that bytes are the same (RFC 9110, 13.1.5). */
    private static String conditionOf(Reply reply) {
        String etag = reply.header("ETag");
        if (etag != null && etag.startsWith("\"")) {
            return etag;
        }
        String modified = reply.header("Last-Modified");
        return modified == null ? "" : modified;
    }

    private Sink counting() {
        return new Sink() {
            @Override
            public void take(Buffer bytes) {
                position += bytes.length();
                target.take(bytes);
            }

            @Override
            public boolean isFull() {
                return target.isFull();
            }

            @Override
            public void whenFree(Runnable action) {
                target.whenFree(action);
            }
        };
    }
}
