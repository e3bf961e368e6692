package dev.berth.serve.berth;

import dev.berth.contract.PathPrefix;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Access;
import dev.berth.contract.TrustContract.AccessIsAdded;
import dev.berth.contract.TrustContract.ListAccess;
import dev.berth.contract.TrustContract.RemoveAccess;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.LxdJson;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /berth/v1/access}: tokens that read what is private. A token is told once, to who makes it. */
final class AccessRoutes {
    private static final String PATH = "/berth/v1/access";

    private final Bus bus;

    AccessRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Router router) {
        router.get(PATH).handler(Administration.admins(this::list));
        router.post(PATH).handler(Administration.admins(this::add));
        router.delete(PATH + "/:name").handler(Administration.admins(this::remove));
    }

    private Future<Void> list(RoutingContext ctx) {
        return bus.ask(TrustContract.LIST_ACCESS, new ListAccess())
                .compose(all -> Administration.reply(
                        ctx, all.accesses().stream().map(AccessRoutes::document).toList()));
    }

    private Future<Void> add(RoutingContext ctx) {
        return SmallBody.read(ctx.request())
                .map(AccessRequest::read)
                .compose(request ->
                        bus.require(TrustContract.ADD_ACCESS, request.add(Administration.requestor(ctx))))
                .compose(added -> {
                    ctx.response().putHeader("Cache-Control", "no-store");
                    return Administration.reply(ctx, told(added));
                });
    }

    private Future<Void> remove(RoutingContext ctx) {
        RemoveAccess named = new RemoveAccess(ctx.pathParam("name"), Administration.requestor(ctx));
        return bus.require(TrustContract.REMOVE_ACCESS, named)
                .compose(removed -> Administration.reply(ctx, Map.of()));
    }

    private static Map<String, Object> told(AccessIsAdded added) {
        Map<String, Object> document = document(added.access());
        document.put("token", added.token());
        return document;
    }

    private static Map<String, Object> document(Access access) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", access.name());
        document.put("paths", access.paths().stream().map(PathPrefix::text).toList());
        document.put("created_at", LxdJson.time(access.createdAt()));
        document.put("expires_at", access.expiresAt() == null ? null : LxdJson.time(access.expiresAt()));
        return document;
    }
}
