package dev.berth.serve.lxd;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.Envelope;
import dev.berth.serve.edge.JsonReply;
import dev.berth.serve.edge.StatusOf;
import io.vertx.ext.web.RoutingContext;

/** Tells callers what went wrong. The edge has the one place for that; only unread bodies need care of their own. */
final class Refusal {
    private Refusal() {}

    /** Tells the caller. When the answer has begun it is cut off instead, so that it cannot look complete. */
    static void tell(RoutingContext ctx, Throwable cause) {
        if (ctx.response().headWritten()) {
            ctx.response().reset();
        } else if (cause instanceof RefusedException refusal && EarlyAnswer.hasBodyToCome(ctx.request())) {
            EarlyAnswer.send(ctx, reply(refusal.refused()));
        } else if (!ctx.response().closed()) {
            ctx.fail(cause);
        }
    }

    private static JsonReply reply(Refused refused) {
        int status = StatusOf.reason(refused.reason());
        return JsonReply.of(status, Envelope.error(status, refused.text()));
    }
}
