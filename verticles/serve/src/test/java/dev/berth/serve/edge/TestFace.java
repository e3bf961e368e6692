package dev.berth.serve.edge;

import io.vertx.ext.web.Router;
import java.util.function.BiConsumer;

/** A face made of one lambda. */
record TestFace(BiConsumer<Router, EdgeTools> routes) implements Face {
    @Override
    public String name() {
        return "test";
    }

    @Override
    public void mount(Router router, EdgeTools tools) {
        routes.accept(router, tools);
    }
}
