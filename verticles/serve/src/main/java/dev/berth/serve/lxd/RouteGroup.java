package dev.berth.serve.lxd;

import io.vertx.ext.web.Router;

/** Routes that belong together. One instance per server instance; everything runs on that instance's event loop. */
@FunctionalInterface
public interface RouteGroup {
    /** Adds the routes. Called once. */
    void mount(Router router);
}
