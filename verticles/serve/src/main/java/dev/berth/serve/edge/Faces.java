package dev.berth.serve.edge;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The routes of all faces behind one admission, and the one end of everything that fails. */
final class Faces {
    private static final int NOT_FOUND = 404;
    private static final int OTHER_VERB = 405;
    private static final int NOT_IMPLEMENTED = 501;

    private final Router router;
    private final RequestMeters meters;
    private final Map<Route, String> owners = new HashMap<>();

    private Faces(EdgeTools tools) {
        this.router = Router.router(tools.vertx());
        this.meters = new RequestMeters(tools.registry());
    }

    static Router behind(Admission admission, List<Face> faces, EdgeTools tools) {
        Faces all = new Faces(tools);
        all.router.route().handler(all::time).handler(admission::admit);
        all.own("edge");
        faces.forEach(face -> all.mount(face, tools));
        return all.withEnds();
    }

    /** Without TLS: what may be read in the open, and the way to HTTPS for everything else. */
    static Router inTheOpen(Admission admission, List<Face> faces, EdgeTools tools, Redirect redirect) {
        Faces all = new Faces(tools);
        all.router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(all::time).handler(admission::admit);
        all.own("edge");
        faces.forEach(face -> all.mountPlain(face, tools));
        all.router.route().handler(ctx -> redirect.send(ctx.request()));
        all.own("edge");
        return all.withEnds();
    }

    private Router withEnds() {
        router.route().failureHandler(this::fail);
        // A known path with another verb is "not implemented" here (rest-api 8, 12).
        router.errorHandler(OTHER_VERB, ctx -> tell(ctx, NOT_IMPLEMENTED));
        router.errorHandler(NOT_FOUND, ctx -> tell(ctx, NOT_FOUND));
        router.errorHandler(400, ctx -> tell(ctx, 400));
        router.errorHandler(500, Refusals::tell);
        return router;
    }

    private void mount(Face face, EdgeTools tools) {
        face.mount(router, tools);
        own(face.name());
    }

    private void mountPlain(Face face, EdgeTools tools) {
        face.mountPlain(router, tools);
        own(face.name());
    }

    /** Notes whose the routes are that came since the last time. */
    private void own(String name) {
        router.getRoutes().forEach(route -> owners.putIfAbsent(route, name));
    }

    private void time(RoutingContext ctx) {
        meters.time(ctx, this::owner);
        ctx.next();
    }

    private String owner(RoutingContext ctx) {
        return owners.getOrDefault(ctx.currentRoute(), "edge");
    }

    private void fail(RoutingContext ctx) {
        if (ctx.failure() == null && ctx.statusCode() == OTHER_VERB) {
            tell(ctx, NOT_IMPLEMENTED);
        } else {
            Refusals.tell(ctx);
        }
    }

    private void tell(RoutingContext ctx, int status) {
        Refusals.tell(ctx, status, Refusals.text(status));
    }
}
