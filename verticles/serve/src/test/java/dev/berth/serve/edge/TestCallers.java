package dev.berth.serve.edge;

import dev.berth.image.Caller;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.X509Certificate;

/** Lets tests say who is asking. */
public final class TestCallers {
    private TestCallers() {}

    public static void put(RoutingContext ctx, Caller caller, X509Certificate certificate) {
        Callers.put(ctx, caller, certificate);
    }
}
