package dev.berth.serve.lxd;

import dev.berth.image.Caller;
import dev.berth.lxd.Envelope;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.edge.JsonReply;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The verbs of one path, and who may use each. A known path answers 403 to strangers and 501 to others when it does not
 * have the verb (rest-api 2.5). A trailing slash makes it another path, unless the path ends in a star.
 *
 * <p>HEAD is answered wherever GET is. Handlers find the request paused, so that no byte of a body is lost.
 */
public final class Resource {
    private static final int NOT_IMPLEMENTED = 501;

    private final String path;
    private final Map<HttpMethod, Verb> verbs = new HashMap<>();

    private record Verb(Consumer<RoutingContext> check, Handling handling) {}

    private Resource(String path) {
        this.path = path;
    }

    /** @param path as Vert.x Web takes it, with {@code :name} segments or a star at the end */
    public static Resource at(String path) {
        return new Resource(path);
    }

    /** Open to everybody; the handler decides what strangers see. */
    public Resource anybody(HttpMethod method, Handling handling) {
        return verb(method, Resource::mustNotInsist, handling);
    }

    /** For trusted callers, restricted ones included; the handler checks the project. */
    public Resource trusted(HttpMethod method, Handling handling) {
        return verb(method, ctx -> Access.mustBeTrusted(Callers.of(ctx)), handling);
    }

    /** For administrators only. */
    public Resource admins(HttpMethod method, Handling handling) {
        return verb(method, ctx -> Access.mustBeAdmin(Callers.of(ctx)), handling);
    }

    public void mount(Router router) {
        router.route(path).handler(this::handle);
    }

    private Resource verb(HttpMethod method, Consumer<RoutingContext> check, Handling handling) {
        verbs.put(method, new Verb(check, handling));
        if (method.equals(HttpMethod.GET)) {
            verbs.putIfAbsent(HttpMethod.HEAD, new Verb(check, handling));
        }
        return this;
    }

    private void handle(RoutingContext ctx) {
        if (!path.endsWith("*") && !path.equals("/") && ctx.request().path().endsWith("/")) {
            ctx.next();
            return;
        }
        ctx.request().pause();
        answer(ctx).onFailure(ctx::fail);
    }

    private Future<Void> answer(RoutingContext ctx) {
        Verb verb = verbs.get(ctx.request().method());
        try {
            if (verb == null) {
                return withoutVerb(ctx);
            }
            verb.check.accept(ctx);
            return verb.handling.handle(ctx);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static Future<Void> withoutVerb(RoutingContext ctx) {
        Access.mustBeTrusted(Callers.of(ctx));
        return JsonReply.of(NOT_IMPLEMENTED, Envelope.error(NOT_IMPLEMENTED, "not implemented")).send(ctx);
    }

    /** A client that says it is authenticated does not want to be taken for a stranger (rest-api 2.5). */
    private static void mustNotInsist(RoutingContext ctx) {
        Caller caller = Callers.of(ctx);
        HttpServerRequest request = ctx.request();
        boolean insists = "true".equals(request.getHeader("X-LXD-authenticated"))
                || "true".equals(request.getHeader("X-Incus-authenticated"));
        if (insists) {
            Access.mustBeTrusted(caller);
        }
    }
}
