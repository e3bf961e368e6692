package dev.berth.serve.download;

import dev.berth.kit.openpgp.SigningKey;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Face;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.Supplier;

/** The face for {@code lxc-create -t download}: nothing but the sum of its routes. */
public final class DownloadFace implements Face {
    private final Conversions conversions;
    private final Supplier<SigningKey> key;
    private final List<String> upstreams;

    /**
     * @param conversions shared by all instances
     * @param key signs for clients of the time when they checked signatures; asked on worker threads
     * @param upstreams whose images are offered as well, each below {@code /mirror/NAME}
     */
    public DownloadFace(Conversions conversions, Supplier<SigningKey> key, List<String> upstreams) {
        this.conversions = conversions;
        this.key = key;
        this.upstreams = List.copyOf(upstreams);
    }

    @Override
    public String name() {
        return "download";
    }

    @Override
    public void mount(Router router, EdgeTools tools) {
        new DownloadRoutes("", new PublicImages(tools), conversions, key, tools).mount(router);
        for (String upstream : upstreams) {
            Showcase images = new UpstreamImages(upstream, tools);
            new DownloadRoutes("/mirror/" + upstream, images, conversions, key, tools).mount(router);
        }
    }
}
