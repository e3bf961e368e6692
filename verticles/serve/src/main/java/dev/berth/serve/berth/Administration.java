package dev.berth.serve.berth;

import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.image.Caller;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.Envelope;
import dev.berth.lxd.LxdJson;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.edge.JsonReply;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** How routes of this face begin and end: an administrator asks, a document is sent. */
final class Administration {
    private Administration() {}

    /** @param work completes when the answer is written; may throw, or fail with a refusal, which is told */
    static Handler<RoutingContext> admins(Function<RoutingContext, Future<Void>> work) {
        return ctx -> {
            ctx.request().pause();
            answered(ctx, work).onFailure(ctx::fail);
        };
    }

    /** @param document maps, lists, texts and numbers */
    static Future<Void> reply(RoutingContext ctx, Object document) {
        return JsonReply.ok(Envelope.sync(LxdJson.bytes(document))).send(ctx);
    }

    static Requestor requestor(RoutingContext ctx) {
        Caller caller = Callers.of(ctx);
        return new Requestor(caller.username(), caller.protocol(), caller.address());
    }

    private static Future<Void> answered(RoutingContext ctx, Function<RoutingContext, Future<Void>> work) {
        Caller caller = Callers.of(ctx);
        if (!caller.isAdmin()) {
            String text = caller.isTrusted() ? "Certificate is restricted" : "not authorized";
            return Future.failedFuture(new RefusedException(Refused.forbidden(text)));
        }
        try {
            return work.apply(ctx);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
