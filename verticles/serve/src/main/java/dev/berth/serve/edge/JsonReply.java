package dev.berth.serve.edge;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * A JSON answer that is whole in memory. Sent as gzip when the client takes it and it pays, and not at all when the
 * client has it already.
 *
 * @param status HTTP status
 * @param body the document, or its gzip form
 * @param etag strong and quoted, of the plain form, or null
 * @param gzipped whether {@code body} is gzip already
 */
public record JsonReply(int status, byte[] body, String etag, boolean gzipped) {
    private static final int WORTH_GZIP = 1400;
    private static final int LONG_WORK = 32 << 10;

    public static JsonReply ok(byte[] body) {
        return new JsonReply(200, body, null, false);
    }

    public static JsonReply of(int status, byte[] body) {
        return new JsonReply(status, body, null, false);
    }

    public JsonReply withEtag(String value) {
        return new JsonReply(status, body, value, gzipped);
    }

    /** Says that the body is gzip already; only for callers that take gzip ({@link #takesGzip}). */
    public JsonReply asGzip() {
        return new JsonReply(status, body, etag, true);
    }

    /** Whether this client takes gzip. */
    public static boolean takesGzip(RoutingContext ctx) {
        return Gzip.isTaken(ctx.request().getHeader("Accept-Encoding"));
    }

    /** Sends it. The future completes when the answer is handed to the connection, and fails when the client left. */
    public Future<Void> send(RoutingContext ctx) {
        if (etag != null) {
            ctx.response().putHeader("ETag", etag);
        }
        if (isKnown(ctx.request())) {
            return ctx.response().setStatusCode(304).end();
        }
        boolean compress = !gzipped && body.length >= WORTH_GZIP && takesGzip(ctx);
        if (gzipped || !compress) {
            return send(ctx, body, gzipped);
        }
        return compressed(ctx).compose(small -> send(ctx, small, true));
    }

    private boolean isKnown(HttpServerRequest request) {
        boolean reading = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        return reading && status == 200 && Conditions.isKnown(request.getHeader("If-None-Match"), null, etag, null);
    }

    private Future<byte[]> compressed(RoutingContext ctx) {
        return body.length < LONG_WORK
                ? Future.succeededFuture(Gzip.of(body))
                : ctx.vertx().executeBlocking(() -> Gzip.of(body), false);
    }

    private Future<Void> send(RoutingContext ctx, byte[] bytes, boolean gzip) {
        HttpServerResponse response = ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", Integer.toString(bytes.length));
        if (gzip) {
            response.putHeader("Content-Encoding", "gzip");
        }
        if (gzip || bytes.length >= WORTH_GZIP) {
            response.putHeader("Vary", "Accept-Encoding");
        }
        return ctx.request().method() == HttpMethod.HEAD ? response.end() : response.end(Buffer.buffer(bytes));
    }
}
