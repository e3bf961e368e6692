package dev.berth.serve.edge;

import dev.berth.serve.edge.BrowserRules.Page;
import dev.berth.serve.edge.HeadRules.Head;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** What every request passes before its caller is identified and a face sees it. Event loop only. */
final class Admission {
    /** LXD's routes never end in a slash (rest-api 8, 11). */
    private static final String API = "/1.0/";

    private final EdgeTools tools;
    private final Doorkeeper doorkeeper;
    private final ServerSettings settings;
    private final HeadRules rules;
    private final Cors cors;
    private final Identification identification;

    Admission(EdgeTools tools, Doorkeeper doorkeeper, ServerSettings settings) {
        this.tools = tools;
        this.doorkeeper = doorkeeper;
        this.settings = settings;
        this.rules = new HeadRules(tools.conf().limits().headerCount());
        this.cors = new Cors(settings);
        this.identification = new Identification(tools.bus(), tools.clock());
    }

    void admit(RoutingContext ctx) {
        Visitor visitor = doorkeeper.of(ctx.request().connection());
        if (visitor == null || visitor.isLeaving()) {
            ctx.request().connection().close();
            return;
        }
        watch(ctx, visitor);
        if (visitor.isRefused()) {
            ctx.response().putHeader("Retry-After", "1");
            dismiss(ctx, visitor, 503, "too many connections, try again in a moment");
            return;
        }
        Optional<String> objection = objection(ctx.request(), visitor);
        if (objection.isPresent()) {
            dismiss(ctx, visitor, 400, objection.get());
            return;
        }
        route(ctx, visitor);
    }

    private void watch(RoutingContext ctx, Visitor visitor) {
        HttpServerRequest request = ctx.request();
        visitor.begin(request);
        ctx.addHeadersEndHandler(head -> Leftover.announce(ctx));
        ctx.addEndHandler(end -> {
            visitor.end(request);
            Leftover.drain(tools.vertx(), request);
        });
    }

    private void route(RoutingContext ctx, Visitor visitor) {
        HttpMethod method = ctx.request().method();
        cors.mark(ctx);
        if (!RequestMeters.isKnown(method)) {
            Refusals.tell(ctx, 404, "Method \"" + method.name() + "\" not found");
        } else if (BrowserRules.isForeign(page(ctx.request()), settings.value(Cors.ALLOWED_ORIGIN))) {
            Refusals.tell(ctx, 403, "Forbidden Sec-Fetch-Site header value");
        } else if (method == HttpMethod.OPTIONS) {
            ctx.response().end();
        } else if (ctx.request().path().startsWith(API) && ctx.request().path().endsWith("/")) {
            ctx.fail(404);
        } else {
            identification.identify(ctx, visitor.peer());
        }
    }

    private Optional<String> objection(HttpServerRequest request, Visitor visitor) {
        if (request.version() == HttpVersion.HTTP_2) {
            return Optional.empty();
        }
        if (visitor.sentFoldedLine()) {
            return Optional.of("a header line must not go on in the next line");
        }
        MultiMap headers = request.headers();
        return rules.objection(new Head(
                request.version() == HttpVersion.HTTP_1_1,
                headers.getAll("Host"),
                headers.getAll("Transfer-Encoding"),
                headers.getAll("Content-Length"),
                headers.entries().size()));
    }

    /** Answers, and hears nothing more from this connection: what follows may not be what it looks like. */
    private static void dismiss(RoutingContext ctx, Visitor visitor, int status, String text) {
        visitor.dismiss();
        ctx.response().putHeader("Connection", "close");
        ctx.addEndHandler(end -> visitor.leave());
        Refusals.tell(ctx, status, text);
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
