package dev.berth.serve.lxd.server;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.EntityTag;
import io.vertx.ext.web.RoutingContext;

/** Keeps a client from overwriting what it has not seen (rest-api 5.4). */
final class IfMatch {
    private IfMatch() {}

    /** Throws {@link RefusedException} when the client read another version than this of what can be edited. */
    static void check(RoutingContext ctx, byte[] document) {
        String etag = EntityTag.of(document);
        String read = ctx.request().getHeader("If-Match");
        if (!EntityTag.allows(read, etag)) {
            throw new RefusedException(Refused.changed(etag, read));
        }
    }
}
