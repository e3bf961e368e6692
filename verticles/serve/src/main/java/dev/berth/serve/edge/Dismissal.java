package dev.berth.serve.edge;

import dev.berth.lxd.Envelope;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The answer to requests that no face may see: the envelope, and the end of the connection. */
final class Dismissal {
    private Dismissal() {}

    static void tell(HttpServerRequest request, int status, String text) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Connection", "close")
                .end(Buffer.buffer(Envelope.error(status, text)))
                .eventually(() -> request.connection().close());
    }

    /** What the decoder itself could not read. */
    static void tellInvalid(HttpServerRequest request) {
        int status = status(request.decoderResult().cause());
        tell(request, status, Refusals.text(status));
    }

    private static int status(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return 414;
        }
        return cause instanceof TooLongHttpHeaderException ? 431 : 400;
    }
}
