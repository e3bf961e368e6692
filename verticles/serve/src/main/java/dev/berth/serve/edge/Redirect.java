package dev.berth.serve.edge;

import io.vertx.core.http.HttpServerRequest;
import java.util.function.IntSupplier;

/** Sends clients of the plain listener to the same address on HTTPS. */
final class Redirect {
    private final IntSupplier securePort;

    Redirect(IntSupplier securePort) {
        this.securePort = securePort;
    }

    void send(HttpServerRequest request) {
        boolean known = request.authority() != null && request.uri().startsWith("/");
        if (known) {
            request.response().setStatusCode(308).putHeader("Location", target(request));
        } else {
            request.response().setStatusCode(400);
        }
        request.response().putHeader("Connection", "close").end().eventually(() -> request.connection().close());
    }

    private String target(HttpServerRequest request) {
        String host = request.authority().host();
        return "https://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + securePort.getAsInt() + request.uri();
    }
}
