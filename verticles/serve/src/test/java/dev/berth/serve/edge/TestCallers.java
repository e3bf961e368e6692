package dev.berth.serve.edge;

import dev.berth.image.Caller;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.X509Certificate;
import java.util.List;

/** Lets tests say who is asking. */
public final class TestCallers {
    private TestCallers() {}

    public static void put(RoutingContext ctx, Caller caller, List<X509Certificate> certificates) {
        Callers.put(ctx, caller, certificates);
    }
}
