package dev.berth.serve.lxd.images;

import dev.berth.serve.lxd.Resource;
import dev.berth.serve.lxd.RouteGroup;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;

/** {@code /1.0/images}: the list, and every way to create an image. */
final class ImagesRoutes implements RouteGroup {
    private final ImageListing listing;
    private final ImageCreation creation;

    ImagesRoutes(ImageListing listing, ImageCreation creation) {
        this.listing = listing;
        this.creation = creation;
    }

    @Override
    public void mount(Router router) {
        Resource.at("/1.0/images")
                .anybody(HttpMethod.GET, listing::list)
                .anybody(HttpMethod.POST, creation::create)
                .mount(router);
    }
}
