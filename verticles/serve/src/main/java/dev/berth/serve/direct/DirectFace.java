package dev.berth.serve.direct;

import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Face;
import io.vertx.ext.web.Router;

/** The face for single URLs: nothing but its routes. */
public final class DirectFace implements Face {
    @Override
    public String name() {
        return "direct";
    }

    @Override
    public void mount(Router router, EdgeTools tools) {
        new DirectRoutes(tools).mount(router);
    }

    @Override
    public void mountPlain(Router router, EdgeTools tools) {
        mount(router, tools);
    }
}
