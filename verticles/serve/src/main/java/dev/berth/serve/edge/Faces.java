package dev.berth.serve.edge;

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
        all.router.route().failureHandler(all::fail);
        // A known path with another verb is "not implemented" here (rest-api 8, 12).
        all.router.errorHandler(OTHER_VERB, ctx -> all.tell(ctx, NOT_IMPLEMENTED));
        all.router.errorHandler(NOT_FOUND, ctx -> all.tell(ctx, NOT_FOUND));
        all.router.errorHandler(400, ctx -> all.tell(ctx, 400));
        all.router.errorHandler(500, Refusals::tell);
        return all.router;
    }

    private void mount(Face face, EdgeTools tools) {
        face.mount(router, tools);
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
