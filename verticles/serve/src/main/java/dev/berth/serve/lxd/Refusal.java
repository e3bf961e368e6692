package dev.berth.serve.lxd;

import io.vertx.ext.web.RoutingContext;

/** Hands what went wrong to the edge, which has the one table of statuses and texts. */
final class Refusal {
    private Refusal() {}

    /** Tells the caller, unless the answer has begun or the caller left: then the connection ends without a clean end. */
    static void tell(RoutingContext ctx, Throwable cause) {
        if (ctx.response().closed()) {
            return;
        }
        if (ctx.response().headWritten()) {
            ctx.response().reset();
        } else {
            ctx.fail(cause);
        }
    }
}
