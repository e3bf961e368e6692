package dev.berth.serve.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/**
 * What a client still sends after its request was answered. Closing at once would reset the connection, and a client
 * that was writing would report that instead of our answer (rest-api 0.9); reading on for ever would be a gift.
 */
final class Leftover {
    private static final long MOST_BYTES = 256L << 20;
    private static final long LONGEST_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final Vertx vertx;
    private final HttpServerRequest request;
    private long bytes;

    private Leftover(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    /** Says before the answer's head that the connection will not be used again, when a body is still under way. */
    static void announce(RoutingContext ctx) {
        if (hasBody(ctx.request()) && !ctx.request().isEnded() && !isH2(ctx.request())) {
            ctx.response().putHeader("Connection", "close");
        }
    }

    /** Reads and forgets the rest, within bounds, then closes. */
    static void drain(Vertx vertx, HttpServerRequest request) {
        if (hasBody(request) && !request.isEnded()) {
            new Leftover(vertx, request).drain();
        }
    }

    private void drain() {
        long timer = vertx.setTimer(LONGEST_MILLIS, late -> close());
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            close();
        });
        request.handler(buffer -> count(buffer.length()));
        request.resume();
    }

    private void count(int length) {
        bytes += length;
        if (bytes > MOST_BYTES) {
            close();
        }
    }

    private void close() {
        if (isH2(request)) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }

    /** Whether its head announces a body. */
    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null
                || length != null && !length.equals("0")
                || isH2(request) && !request.isEnded();
    }

    static boolean isH2(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2;
    }
}
