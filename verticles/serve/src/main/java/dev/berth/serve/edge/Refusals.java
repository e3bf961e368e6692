package dev.berth.serve.edge;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.Envelope;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where failures become answers: LXD's envelope, never a stack trace or a path (rest-api 5.1, 5.2). */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final String CUT = "berth.cut";
    private static final int BROKE = 500;
    private static final Map<Integer, String> TEXTS = Map.of(
            400, "bad request",
            403, "not authorized",
            404, "Not Found",
            413, "the request body is too large",
            414, "the address is too long",
            431, "the request's head is too large",
            501, "not implemented",
            503, "Service Unavailable");

    private Refusals() {}

    /** Answers a request that failed. When the answer has begun already, the connection is cut instead. */
    static void tell(RoutingContext ctx) {
        Throwable cause = ctx.failure();
        if (ctx.response().closed() || ctx.get(CUT) != null) {
            LOG.debug("{} {} ended early: {}", ctx.request().method(), ctx.request().path(), String.valueOf(cause));
            return;
        }
        if (cause instanceof RefusedException refusal) {
            Refused refused = refusal.refused();
            tell(ctx, StatusOf.reason(refused.reason()), refused.text());
        } else if (cause instanceof HttpException http) {
            tell(ctx, http.getStatusCode(), text(http.getStatusCode()));
        } else if (isGone(cause)) {
            cut(ctx);
        } else if (cause == null) {
            tell(ctx, ctx.statusCode(), text(ctx.statusCode()));
        } else {
            LOG.error("{} {} broke", ctx.request().method(), ctx.request().path(), cause);
            send(ctx, BROKE, "Internal Server Error");
        }
    }

    static void tell(RoutingContext ctx, int status, String text) {
        if (status >= BROKE && status != 501) {
            LOG.warn("{} {}: {} {}", ctx.request().method(), ctx.request().path(), status, text);
        } else {
            LOG.info("{} {}: {} {}", ctx.request().method(), ctx.request().path(), status, text);
        }
        send(ctx, status, text);
    }

    private static void send(RoutingContext ctx, int status, String text) {
        if (ctx.response().headWritten() || ctx.response().closed()) {
            cut(ctx);
            return;
        }
        // Whatever was meant for the good answer does not describe this one.
        ctx.response().headers().remove("Content-Length").remove("ETag").remove("Content-Disposition");
        ctx.response().putHeader("X-Content-Type-Options", "nosniff");
        JsonReply.of(status, Envelope.error(status, text)).send(ctx).onFailure(gone -> cut(ctx));
    }

    /** A short body must never look complete. A stream of h2 that cannot be reset was reset before; others go on beside it. */
    static void cut(RoutingContext ctx) {
        ctx.put(CUT, true);
        Future<Void> reset = ctx.response().reset();
        if (!Leftover.isH2(ctx.request())) {
            reset.onFailure(written -> ctx.request().connection().close());
        }
    }

    /** Whether nobody is there any more who could hear an answer. */
    static boolean isGone(Throwable cause) {
        return cause instanceof HttpClosedException
                || cause instanceof StreamResetException
                || cause instanceof Http2Exception.StreamException
                || cause instanceof ClosedChannelException;
    }

    static String text(int status) {
        return TEXTS.getOrDefault(status, status < BROKE ? "bad request" : "Internal Server Error");
    }
}
