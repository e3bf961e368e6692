package dev.berth.serve.edge;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes HTTP servers with the edge's limits, before they listen. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int CHUNK = 64 << 10;
    private static final int LINE = 16 << 10;
    private static final int BACKLOG = 1024;
    /** Where native transport is missing, the system's two hours hold instead. */
    private static final int KEEP_ALIVE_IDLE_SECONDS = 60;
    private static final int KEEP_ALIVE_INTERVAL_SECONDS = 15;
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
        return vertx.createHttpServer(keptAlive(options))
                .connectionHandler(doorkeeper::welcome)
                .invalidRequestHandler(Dismissal::tellInvalid)
                // Scanners and probes that never finish a handshake: nobody's concern.
                .exceptionHandler(cause -> LOG.debug("a connection came to nothing: {}", cause.toString()))
                .requestHandler(new Gate(doorkeeper, limits, handler));
    }

    /** Who waits for an operation owes us nothing: only the kernel can tell that they are gone. */
    private static HttpServerOptions keptAlive(HttpServerOptions options) {
        options.setTcpKeepAlive(true)
                .setTcpKeepAliveIdleSeconds(KEEP_ALIVE_IDLE_SECONDS)
                .setTcpKeepAliveIntervalSeconds(KEEP_ALIVE_INTERVAL_SECONDS);
        return options;
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                // 1.0 too: some proxies still speak it to those behind them.
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1, HttpVersion.HTTP_1_0))
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
}
