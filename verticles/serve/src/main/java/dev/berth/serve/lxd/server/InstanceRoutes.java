package dev.berth.serve.lxd.server;

import static io.vertx.core.http.HttpMethod.GET;

import dev.berth.lxd.LxdJson;
import dev.berth.serve.lxd.Reply;
import dev.berth.serve.lxd.Resource;
import dev.berth.serve.lxd.RouteGroup;
import io.vertx.ext.web.Router;
import java.util.List;

/**
 * {@code /1.0/instances}: an empty shelf, so that listing instances here prints an empty table (rest-api 7). Clients ask
 * for containers instead where the {@code instances} extension is missing, as it is here.
 */
final class InstanceRoutes implements RouteGroup {
    private static final byte[] NONE = LxdJson.bytes(List.of());

    @Override
    public void mount(Router router) {
        Resource.at("/1.0/instances").trusted(GET, ctx -> Reply.sync(ctx, NONE)).mount(router);
        Resource.at("/1.0/containers").trusted(GET, ctx -> Reply.sync(ctx, NONE)).mount(router);
    }
}
