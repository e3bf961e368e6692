package dev.berth.serve.lxd.server;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.PUT;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.ChangeSettings;
import dev.berth.contract.CatalogContract.ReadSettings;
import dev.berth.contract.CatalogContract.Settings;
import dev.berth.image.Caller;
import dev.berth.lxd.EntityTag;
import dev.berth.lxd.LxdJson;
import dev.berth.lxd.ServerSettings;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.JsonBody;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Reply;
import dev.berth.serve.lxd.Resource;
import dev.berth.serve.lxd.RouteGroup;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /} and {@code /1.0}: who this server is, and its settings (rest-api 1, 7). */
final class ServerRoutes implements RouteGroup {
    private static final byte[] VERSIONS = LxdJson.bytes(List.of("/1.0"));

    private final LxdTools tools;
    private final ServerDocument document;
    private final Addresses addresses;

    ServerRoutes(LxdTools tools) {
        this.tools = tools;
        this.document = new ServerDocument(tools.edge().identity());
        this.addresses = new Addresses(tools.edge().conf().listen());
    }

    @Override
    public void mount(Router router) {
        Resource.at("/").anybody(GET, ctx -> Reply.sync(ctx, VERSIONS)).mount(router);
        Resource.at("/1.0")
                .anybody(GET, this::show)
                .admins(PUT, ctx -> change(ctx, true))
                .admins(PATCH, ctx -> change(ctx, false))
                .mount(router);
    }

    private Future<Void> show(RoutingContext ctx) {
        Caller caller = Callers.of(ctx);
        boolean presented = Callers.certificate(ctx).isPresent();
        if (!caller.isTrusted()) {
            return Reply.sync(ctx, LxdJson.bytes(document.forStranger(presented)));
        }
        return settings().compose(settings -> {
            byte[] shown = LxdJson.bytes(document.forTrusted(
                    caller, presented, projectOf(ctx), settings.values(), addresses.now(ctx.request().localAddress())));
            return Reply.sync(ctx, shown, EntityTag.of(ServerSettings.editable(settings.values()), shown));
        });
    }

    private Future<Void> change(RoutingContext ctx, boolean replace) {
        return JsonBody.of(ctx)
                .map(SettingsBody::read)
                .map(values -> new ChangeSettings(
                        values, replace, ctx.request().getHeader("If-Match"), Access.requestor(ctx)))
                .compose(change -> tools.bus().require(CatalogContract.CHANGE_SETTINGS, change))
                .compose(changed -> Reply.done(ctx));
    }

    private Future<Settings> settings() {
        return tools.bus().ask(CatalogContract.READ_SETTINGS, new ReadSettings());
    }

    private static String projectOf(RoutingContext ctx) {
        String project = ctx.request().getParam("project");
        return project == null || project.isEmpty() ? "default" : project;
    }
}
