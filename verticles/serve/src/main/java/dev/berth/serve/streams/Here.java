package dev.berth.serve.streams;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;

/** Brings a result that another event loop may have made to the one that answers the request. */
final class Here {
    private Here() {}

    static <T> Future<T> on(RoutingContext ctx, Future<T> shared) {
        if (shared.succeeded()) {
            return shared;
        }
        Context own = ctx.vertx().getOrCreateContext();
        Promise<T> here = Promise.promise();
        shared.onComplete(done -> own.runOnContext(now -> here.handle(done)));
        return here.future();
    }
}
