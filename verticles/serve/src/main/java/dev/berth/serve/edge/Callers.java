package dev.berth.serve.edge;

import dev.berth.image.Caller;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.X509Certificate;
import java.util.List;

/** Who is asking: put on every request before any face sees it. */
public final class Callers {
    private static final String CALLER = "berth.caller";
    private static final String CERTIFICATES = "berth.certificates";

    private Callers() {}

    public static Caller of(RoutingContext ctx) {
        Caller caller = ctx.get(CALLER);
        if (caller == null) {
            throw new IllegalStateException("nobody identified the caller of " + ctx.normalizedPath());
        }
        return caller;
    }

    /** What the TLS peer presented, leaf first, valid now or not; empty on the unix socket. */
    public static List<X509Certificate> certificates(RoutingContext ctx) {
        return ctx.get(CERTIFICATES);
    }

    static void put(RoutingContext ctx, Caller caller, List<X509Certificate> certificates) {
        ctx.put(CALLER, caller);
        ctx.put(CERTIFICATES, certificates);
    }
}
