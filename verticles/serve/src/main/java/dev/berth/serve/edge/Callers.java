package dev.berth.serve.edge;

import dev.berth.image.Caller;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Who is asking: put on every request before any face sees it. */
public final class Callers {
    private static final String CALLER = "berth.caller";
    private static final String CERTIFICATE = "berth.certificate";

    private Callers() {}

    public static Caller of(RoutingContext ctx) {
        Caller caller = ctx.get(CALLER);
        if (caller == null) {
            throw new IllegalStateException("nobody identified the caller of " + ctx.normalizedPath());
        }
        return caller;
    }

    /** The one whose key the TLS peer has, valid now or not; none on the unix socket. */
    public static Optional<X509Certificate> certificate(RoutingContext ctx) {
        return Optional.ofNullable(ctx.get(CERTIFICATE));
    }

    /** @param certificate may be null */
    static void put(RoutingContext ctx, Caller caller, X509Certificate certificate) {
        ctx.put(CALLER, caller);
        ctx.put(CERTIFICATE, certificate);
    }
}
