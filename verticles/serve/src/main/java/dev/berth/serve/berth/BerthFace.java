package dev.berth.serve.berth;

import dev.berth.kit.openpgp.SigningKey;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Face;
import io.vertx.ext.web.Router;
import java.util.function.Supplier;

/** The face for those who look after a service: nothing but the sum of its routes. */
public final class BerthFace implements Face {
    private final Supplier<SigningKey> key;

    /** @param key whose public half everybody may have; asked on a worker thread */
    public BerthFace(Supplier<SigningKey> key) {
        this.key = key;
    }

    @Override
    public String name() {
        return "berth";
    }

    @Override
    public void mount(Router router, EdgeTools tools) {
        new AccessRoutes(tools.bus()).mount(router);
        new ExpiryRoutes(tools.bus()).mount(router);
        new RefreshRoutes(tools.bus()).mount(router);
        new ResolveRoutes(tools.bus()).mount(router);
        new UpstreamRoutes(tools.bus()).mount(router);
        new KeyRoute(key).mount(router);
    }
}
