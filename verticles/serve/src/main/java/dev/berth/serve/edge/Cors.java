package dev.berth.serve.edge;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Tells browsers which other pages may read us, as the settings say, verbatim; by default none (rest-api 5.5). */
final class Cors {
    static final String ALLOWED_ORIGIN = "core.https_allowed_origin";
    private static final String ALLOWED_METHODS = "core.https_allowed_methods";
    private static final String ALLOWED_HEADERS = "core.https_allowed_headers";
    private static final String ALLOWED_CREDENTIALS = "core.https_allowed_credentials";

    private final ServerSettings settings;

    Cors(ServerSettings settings) {
        this.settings = settings;
    }

    void mark(RoutingContext ctx) {
        if (ctx.request().getHeader("Origin") == null || settings.value(ALLOWED_ORIGIN).isEmpty()) {
            return;
        }
        HttpServerResponse response = ctx.response();
        put(response, "Access-Control-Allow-Origin", ALLOWED_ORIGIN);
        put(response, "Access-Control-Allow-Methods", ALLOWED_METHODS);
        put(response, "Access-Control-Allow-Headers", ALLOWED_HEADERS);
        if (settings.value(ALLOWED_CREDENTIALS).equals("true")) {
            response.putHeader("Access-Control-Allow-Credentials", "true");
        }
    }

    private void put(HttpServerResponse response, String header, String key) {
        if (!settings.value(key).isEmpty()) {
            response.putHeader(header, settings.value(key));
        }
    }
}
