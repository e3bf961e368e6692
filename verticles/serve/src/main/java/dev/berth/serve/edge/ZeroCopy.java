package dev.berth.serve.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.net.impl.VertxConnection;
import java.nio.channels.FileChannel;

/**
 * Lets the kernel copy from file to socket, part by part. {@link HttpServerResponse#sendFile} ends the response, so this
 * reaches below it; the order of what is written stays.
 */
final class ZeroCopy {
    private ZeroCopy() {}

    /** Only then does the kernel copy; elsewhere Vert.x would read on the event loop. */
    static boolean isPossible(HttpServerRequest request) {
        return !request.isSSL() && request.version() != HttpVersion.HTTP_2;
    }

    /** Completes when the part is handed to the kernel; fails when the client left. The file stays open. Event loop. */
    static Future<Void> send(Vertx vertx, HttpServerRequest request, FileChannel file, long offset, long length) {
        if (!request.response().headWritten()) {
            request.response().writeHead();
        }
        PromiseInternal<Void> sent = ((ContextInternal) vertx.getOrCreateContext()).promise();
        ((VertxConnection) request.connection()).sendFile(file, offset, length).addListener(sent);
        return sent.future();
    }
}
