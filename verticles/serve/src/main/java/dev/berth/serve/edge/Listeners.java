package dev.berth.serve.edge;

import dev.berth.lxd.Envelope;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes HTTP servers with the edge's limits, before they listen. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int CHUNK = 64 << 10;
    private static final int LINE = 16 << 10;
    private static final int BACKLOG = 1024;
    private static final int STREAM_WINDOW = 1 << 20;
    private static final int CONNECTION_WINDOW = 4 << 20;
    private static final int MOST_STREAMS = 100;

    private final Vertx vertx;
    private final EdgeLimits limits;
    private final Doorkeeper doorkeeper;

    Listeners(Vertx vertx, EdgeLimits limits, Doorkeeper doorkeeper) {
        this.vertx = vertx;
        this.limits = limits;
        this.doorkeeper = doorkeeper;
    }

    HttpServer secure(ServerIdentity identity, Handler<HttpServerRequest> handler) {
        return server(Tls.on(options(), identity, limits), handler);
    }

    HttpServer plain(Handler<HttpServerRequest> handler) {
        return server(options().setHttp2ClearTextEnabled(false), handler);
    }

    private HttpServer server(HttpServerOptions options, Handler<HttpServerRequest> handler) {
        return vertx.createHttpServer(options)
                .connectionHandler(doorkeeper::welcome)
                .invalidRequestHandler(Listeners::tellInvalid)
                // Scanners and probes that never finish a handshake: nobody's concern.
                .exceptionHandler(cause -> LOG.debug("a connection came to nothing: {}", cause.toString()))
                .requestHandler(handler);
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxChunkSize(CHUNK)
                .setMaxHeaderSize(limits.headerBytes())
                .setMaxInitialLineLength(LINE)
                .setAcceptBacklog(BACKLOG)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setInitialSettings(new Http2Settings()
                        .setInitialWindowSize(STREAM_WINDOW)
                        .setMaxConcurrentStreams(MOST_STREAMS)
                        .setMaxHeaderListSize(limits.headerBytes()));
    }

    private static void tellInvalid(HttpServerRequest request) {
        int status = status(request.decoderResult().cause());
        byte[] body = Envelope.error(status, Refusals.text(status));
        Future<Void> told = request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Connection", "close")
                .end(Buffer.buffer(body));
        told.eventually(() -> request.connection().close());
    }

    private static int status(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return 414;
        }
        return cause instanceof TooLongHttpHeaderException ? 431 : 400;
    }
}
