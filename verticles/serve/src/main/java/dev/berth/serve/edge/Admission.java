package dev.berth.serve.edge;

import dev.berth.serve.edge.BrowserRules.Page;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** What every request passes before a face sees it: its method, the page it came from, who asks, and whether they may. Event loop only. */
final class Admission {
    /** LXD's routes never end in a slash (rest-api 8, 11). */
    private static final String API = "/1.0/";

    private final EdgeTools tools;
    private final Doorkeeper doorkeeper;
    private final ServerSettings settings;
    private final Cors cors;
    private final Identification identification;
    private final Entrance entrance;

    Admission(EdgeTools tools, Doorkeeper doorkeeper, ServerSettings settings, Redirect redirect) {
        this.tools = tools;
        this.doorkeeper = doorkeeper;
        this.settings = settings;
        this.cors = new Cors(settings);
        this.identification = new Identification(tools.bus(), tools.clock());
        this.entrance = new Entrance(tools, redirect);
    }

    void admit(RoutingContext ctx) {
        Visitor visitor = doorkeeper.of(ctx.request().connection());
        watch(ctx, visitor);
        route(ctx, visitor);
    }

    private void watch(RoutingContext ctx, Visitor visitor) {
        HttpServerRequest request = ctx.request();
        visitor.begin(request);
        ctx.addHeadersEndHandler(head -> Leftover.announce(ctx));
        ctx.addEndHandler(end -> {
            visitor.end(request);
            // A client that left sends nothing more, and its face must still hear that it left.
            if (end.succeeded()) {
                Leftover.drain(tools.vertx(), request);
            }
        });
    }

    private void route(RoutingContext ctx, Visitor visitor) {
        HttpMethod method = ctx.request().method();
        cors.mark(ctx);
        if (!RequestMeters.isKnown(method)) {
            Refusals.tell(ctx, 404, "Method \"" + method.name() + "\" not found");
        } else if (!isReadable(ctx)) {
            Refusals.tell(ctx, 400, "expected two hexadecimal digits after each % of the address");
        } else if (isForeign(ctx.request(), visitor.peer())) {
            Refusals.tell(ctx, 403, "Forbidden Sec-Fetch-Site header value");
        } else if (method == HttpMethod.OPTIONS) {
            ctx.response().end();
        } else if (ctx.request().path().startsWith(API) && ctx.request().path().endsWith("/")) {
            ctx.fail(404);
        } else {
            identify(ctx, visitor.peer());
        }
    }

    /** No browser opens the unix socket. */
    private boolean isForeign(HttpServerRequest request, Peer peer) {
        return !peer.local() && BrowserRules.isForeign(page(request), settings.value(Cors.ALLOWED_ORIGIN));
    }

    private void identify(RoutingContext ctx, Peer peer) {
        // Nothing of the body may flow before somebody is there to read it.
        ctx.request().pause();
        identification
                .identify(ctx, peer)
                .compose(caller -> entrance.pass(ctx, caller))
                .onSuccess(passed -> {
                    if (passed) {
                        ctx.request().resume();
                        ctx.next();
                    }
                })
                .onFailure(ctx::fail);
    }

    private static boolean isReadable(RoutingContext ctx) {
        try {
            return ctx.normalizedPath() != null;
        } catch (IllegalArgumentException brokenEscape) {
            return false;
        }
    }

    private static Page page(HttpServerRequest request) {
        return new Page(
                request.method().name(),
                "websocket".equalsIgnoreCase(request.getHeader("Upgrade")),
                request.authority() == null ? "" : request.authority().toString(),
                request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Sec-Fetch-Mode"));
    }
}
