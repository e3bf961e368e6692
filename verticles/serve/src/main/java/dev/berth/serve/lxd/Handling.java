package dev.berth.serve.lxd;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** Answers one request. May throw or fail with {@code RefusedException}: the caller is told its text. */
@FunctionalInterface
public interface Handling {
    /** Completes when the answer is written. */
    Future<Void> handle(RoutingContext ctx);
}
