package dev.berth.serve.edge;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * A JSON answer that is whole in memory.
 *
 * @param status HTTP status
 * @param body the document, or its gzip form
 * @param etag strong and quoted, or null
 * @param gzipped whether {@code body} is gzip already
 */
public record JsonReply(int status, byte[] body, String etag, boolean gzipped) {
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
        String accepted = ctx.request().getHeader("Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    /** Sends it. The future completes when the response is handed to the connection. */
    public Future<Void> send(RoutingContext ctx) {
        HttpServerResponse response = ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json");
        if (etag != null) {
            response.putHeader("ETag", etag);
        }
        if (gzipped) {
            response.putHeader("Content-Encoding", "gzip").putHeader("Vary", "Accept-Encoding");
        }
        return response.end(Buffer.buffer(body));
    }
}
