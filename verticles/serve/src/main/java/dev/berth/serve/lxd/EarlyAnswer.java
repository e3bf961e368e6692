package dev.berth.serve.lxd;

import dev.berth.serve.edge.JsonReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers while a body is still coming in. Closing at once would reset the connection, and Go clients would report
 * "broken pipe" instead of the answer (rest-api 0.9): so the whole answer is written first, then a bounded amount of
 * the body is thrown away, and only then the response ends.
 */
public final class EarlyAnswer {
    /** Most bytes that are thrown away before the connection is closed. */
    static final long MOST_BYTES = 64L << 20;
    /** Longest time that bytes are thrown away. */
    static final long MOST_MILLIS = 10_000;

    private final Promise<Void> drained = Promise.promise();
    private long thrownAway;

    private EarlyAnswer() {}

    /** Sends a reply, early or not. The future completes when the response has ended. */
    public static Future<Void> send(RoutingContext ctx, JsonReply reply) {
        if (!hasBodyToCome(ctx.request())) {
            return reply.send(ctx);
        }
        HttpServerResponse response = head(ctx, reply);
        return response.write(Buffer.buffer(reply.body()))
                .compose(written -> new EarlyAnswer().drain(ctx.vertx(), ctx.request()))
                .eventually(() -> response.closed() ? Future.succeededFuture() : response.end());
    }

    static boolean hasBodyToCome(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        boolean hasBody = request.getHeader("Transfer-Encoding") != null || length != null && !length.equals("0");
        return hasBody && !request.isEnded();
    }

    private static HttpServerResponse head(RoutingContext ctx, JsonReply reply) {
        return ctx.response()
                .setStatusCode(reply.status())
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Length", Integer.toString(reply.body().length));
    }

    private Future<Void> drain(Vertx vertx, HttpServerRequest request) {
        long timer = vertx.setTimer(MOST_MILLIS, id -> drained.tryComplete());
        request.exceptionHandler(gone -> drained.tryComplete());
        request.endHandler(end -> drained.tryComplete());
        request.handler(this::throwAway);
        request.resume();
        return drained.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void throwAway(Buffer bytes) {
        thrownAway += bytes.length();
        if (thrownAway > MOST_BYTES) {
            drained.tryComplete();
        }
    }
}
