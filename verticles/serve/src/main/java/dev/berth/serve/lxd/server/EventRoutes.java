package dev.berth.serve.lxd.server;

import static io.vertx.core.http.HttpMethod.GET;

import dev.berth.contract.Refused;
import dev.berth.image.Caller;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.ProjectOf;
import dev.berth.serve.lxd.Resource;
import dev.berth.serve.lxd.RouteGroup;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** {@code /1.0/events}: the websocket on which clients follow their operations (rest-api 4.5). */
final class EventRoutes implements RouteGroup {
    private final EventHub hub;

    EventRoutes(LxdTools tools) {
        this.hub = new EventHub(tools.edge());
    }

    @Override
    public void mount(Router router) {
        Resource.at("/1.0/events").trusted(GET, this::listen).mount(router);
    }

    private Future<Void> listen(RoutingContext ctx) {
        EventFilter filter = filter(ctx);
        mustBeHandshake(ctx.request());
        return hub.join(filter, ctx.request()::toWebSocket);
    }

    private static EventFilter filter(RoutingContext ctx) {
        Caller caller = Callers.of(ctx);
        Set<String> types = types(ctx.request().getParam("type"), caller);
        return new EventFilter(types, ProjectOf.wantsAll(ctx) ? null : project(ctx, caller), caller.isAdmin());
    }

    private static Set<String> types(String list, Caller caller) {
        Set<String> types;
        try {
            types = EventFilter.typesOf(list, caller);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refused.invalid(e.getMessage()));
        }
        if (EventFilter.wantsLogs(types)) {
            Access.mustBeAdmin(caller);
        }
        return types;
    }

    private static String project(RoutingContext ctx, Caller caller) {
        String named = ctx.request().getParam("project");
        String project = named == null || named.isEmpty() ? Scope.DEFAULT_PROJECT : named;
        Access.mustUse(caller, new Scope(project, project));
        return project;
    }

    private static void mustBeHandshake(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw new RefusedException(
                    Refused.invalid("expected a websocket handshake, got a plain GET; events come as websocket frames"));
        }
    }
}
