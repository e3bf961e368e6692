package dev.berth.serve.edge;

import dev.berth.contract.Refused;
import dev.berth.image.Caller;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.Envelope;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/**
 * A face on plain loopback HTTP where each request says in a header who its caller shall be: {@code stranger}, {@code
 * restricted} (to project p1), or an administrator. For tests of faces that are not about the edge.
 */
public final class LoopbackEdge {
    public static final String CALLER = "Test-Caller";

    private LoopbackEdge() {}

    /** Listens on a free port. */
    public static Future<HttpServer> open(EdgeTools tools, Face face) {
        Router router = Router.router(tools.vertx());
        router.route().handler(LoopbackEdge::identify);
        face.mount(router, tools);
        router.route().failureHandler(LoopbackEdge::fail);
        router.errorHandler(404, ctx -> tell(ctx, 404, "not found"));
        return tools.vertx().createHttpServer().requestHandler(router).listen(0, "127.0.0.1");
    }

    private static void identify(RoutingContext ctx) {
        String wanted = ctx.request().getHeader(CALLER);
        Callers.put(ctx, caller(wanted == null ? "" : wanted), null);
        // As behind the real edge, whatever is still coming in is read, so that clients see the answer (rest-api 0.9).
        ctx.addHeadersEndHandler(head -> Leftover.announce(ctx));
        ctx.addEndHandler(end -> Leftover.drain(ctx.vertx(), ctx.request()));
        ctx.next();
    }

    private static Caller caller(String wanted) {
        return switch (wanted) {
            case "stranger" -> Caller.stranger("192.0.2.1:1");
            case "restricted" -> new Caller(
                    Caller.Standing.RESTRICTED, "ab".repeat(32), "tls", "192.0.2.2:2", Set.of("p1"));
            default -> new Caller(Caller.Standing.ADMIN, "cd".repeat(32), "tls", "192.0.2.3:3", Set.of());
        };
    }

    private static void fail(RoutingContext ctx) {
        if (ctx.failure() instanceof RefusedException refusal) {
            Refused refused = refusal.refused();
            tell(ctx, StatusOf.reason(refused.reason()), refused.text());
        } else {
            tell(ctx, 500, "Internal Server Error " + ctx.failure());
        }
    }

    private static void tell(RoutingContext ctx, int status, String text) {
        if (!ctx.response().ended()) {
            JsonReply.of(status, Envelope.error(status, text)).send(ctx);
        }
    }
}
