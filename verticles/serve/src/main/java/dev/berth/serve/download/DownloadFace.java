package dev.berth.serve.download;

import dev.berth.kit.openpgp.SigningKey;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Face;
import io.vertx.ext.web.Router;

/** The face for {@code lxc-create -t download}: nothing but the sum of its routes. */
public final class DownloadFace implements Face {
    private final Conversions conversions;

    private final SigningKey key;

    /**
     * @param conversions shared by all instances
     * @param key signs for clients of the time when they checked signatures
     */
    public DownloadFace(Conversions conversions, SigningKey key) {
        this.conversions = conversions;
        this.key = key;
    }

    @Override
    public String name() {
        return "download";
    }

    @Override
    public void mount(Router router, EdgeTools tools) {
        new DownloadRoutes("", new PublicImages(tools), conversions, key, tools).mount(router);
    }
}
