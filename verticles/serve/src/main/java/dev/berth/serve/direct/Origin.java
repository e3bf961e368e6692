package dev.berth.serve.direct;

import dev.berth.serve.edge.Endpoint;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/** Under which address a client reaches this server: as it addressed it, and on HTTPS. */
final class Origin {
    private Origin() {}

    /** @param secure where HTTPS is, for those who came without it */
    static String of(HttpServerRequest request, Endpoint secure) {
        HostAndPort asked = request.authority();
        if (asked == null) {
            return "https://" + secure;
        }
        String host = asked.host().indexOf(':') < 0 ? asked.host() : "[" + asked.host() + "]";
        int port = request.isSSL() ? asked.port() : secure.port();
        return "https://" + host + (port < 0 ? "" : ":" + port);
    }
}
