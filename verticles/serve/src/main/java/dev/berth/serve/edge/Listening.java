package dev.berth.serve.edge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import java.net.BindException;

/** Opens a server at an address, and names that address when it cannot be had. */
public final class Listening {
    private Listening() {}

    /** Completes when it listens; fails with a sentence for the operator. */
    public static Future<Void> at(Endpoint endpoint, HttpServer server) {
        return server.listen(endpoint.port(), endpoint.host())
                .recover(cause -> Future.failedFuture(refused(endpoint, cause)))
                .mapEmpty();
    }

    private static BindException refused(Endpoint endpoint, Throwable cause) {
        BindException refused = new BindException("cannot listen on " + endpoint + ": " + cause.getMessage()
                + "; stop who listens there, or choose another address");
        refused.initCause(cause);
        return refused;
    }
}
