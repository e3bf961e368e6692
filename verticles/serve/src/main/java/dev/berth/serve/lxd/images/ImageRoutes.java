package dev.berth.serve.lxd.images;

import dev.berth.serve.lxd.Resource;
import dev.berth.serve.lxd.RouteGroup;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;

/** {@code /1.0/images/{fingerprint or prefix}} and what is below it. */
final class ImageRoutes implements RouteGroup {
    private static final String IMAGE = "/1.0/images/:name";

    private final ImageEditing editing;
    private final ImageActions actions;
    private final ImageExport export;

    ImageRoutes(ImageEditing editing, ImageActions actions, ImageExport export) {
        this.editing = editing;
        this.actions = actions;
        this.export = export;
    }

    @Override
    public void mount(Router router) {
        Resource.at(IMAGE)
                .anybody(HttpMethod.GET, editing::get)
                .trusted(HttpMethod.PUT, editing::put)
                .trusted(HttpMethod.PATCH, editing::patch)
                .trusted(HttpMethod.DELETE, actions::delete)
                .mount(router);
        Resource.at(IMAGE + "/export")
                .anybody(HttpMethod.GET, export::get)
                .trusted(HttpMethod.POST, actions::push)
                .mount(router);
        Resource.at(IMAGE + "/secret").trusted(HttpMethod.POST, actions::secret).mount(router);
        Resource.at(IMAGE + "/refresh").trusted(HttpMethod.POST, actions::refresh).mount(router);
    }
}
