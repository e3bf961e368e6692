package dev.berth.serve.download;

import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Face;
import io.vertx.ext.web.Router;

/** The face for {@code lxc-create -t download}: nothing but the sum of its routes. */
public final class DownloadFace implements Face {
    private final Conversions conversions;

    /** @param conversions shared by all instances */
    public DownloadFace(Conversions conversions) {
        this.conversions = conversions;
    }

    @Override
    public String name() {
        return "download";
    }

    @Override
    public void mount(Router router, EdgeTools tools) {
        new DownloadRoutes("", new PublicImages(tools), conversions, tools).mount(router);
    }
}
