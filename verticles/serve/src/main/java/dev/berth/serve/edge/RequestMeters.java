package dev.berth.serve.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** {@code berth.http.requests} timer, by face, method and status class: few labels, whatever clients send. */
final class RequestMeters {
    private static final int CLASS = 100;
    private static final Set<HttpMethod> KNOWN = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private final MeterRegistry registry;

    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    static boolean isKnown(HttpMethod method) {
        return KNOWN.contains(method);
    }

    /** @param face which face a request ended in */
    void time(RoutingContext ctx, Function<RoutingContext, String> face) {
        long start = System.nanoTime();
        ctx.addEndHandler(end -> timer(ctx, face.apply(ctx), end.succeeded())
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
    }

    private Timer timer(RoutingContext ctx, String face, boolean whole) {
        HttpMethod method = ctx.request().method();
        return registry.timer(
                "berth.http.requests",
                "face",
                face,
                "method",
                isKnown(method) ? method.name() : "other",
                "status",
                whole ? ctx.response().getStatusCode() / CLASS + "xx" : "cut");
    }
}
