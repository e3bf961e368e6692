package dev.berth.serve.berth;

import dev.berth.contract.MirrorContract;
import dev.berth.contract.MirrorContract.ListUpstreams;
import dev.berth.contract.MirrorContract.Upstream;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.LxdJson;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /berth/v1/upstreams}: the upstreams of the settings, and how they are. */
final class UpstreamRoutes {
    private final Bus bus;

    UpstreamRoutes(Bus bus) {
        this.bus = bus;
    }

    void mount(Router router) {
        router.get("/berth/v1/upstreams").handler(Administration.admins(this::upstreams));
    }

    private Future<Void> upstreams(RoutingContext ctx) {
        return bus.ask(MirrorContract.UPSTREAMS, new ListUpstreams())
                .compose(all -> Administration.reply(
                        ctx, all.upstreams().stream().map(UpstreamRoutes::document).toList()));
    }

    private static Map<String, Object> document(Upstream upstream) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", upstream.name());
        document.put("protocol", upstream.protocol());
        document.put("url", withoutUser(upstream.url()));
        document.put("expose", upstream.expose());
        document.put("images", upstream.images());
        document.put("asked", upstream.asked() == null ? null : LxdJson.time(upstream.asked()));
        document.put("stale", upstream.stale());
        return document;
    }

    /** Passwords travel there. */
    private static String withoutUser(String url) {
        return url.replaceFirst("//[^/]*@", "//");
    }
}
