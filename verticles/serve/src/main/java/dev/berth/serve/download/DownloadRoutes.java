package dev.berth.serve.download;

import dev.berth.kit.openpgp.SigningKey;
import dev.berth.serve.edge.EdgeTools;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One download server: an index and the folders of its images, below any prefix. Doubled slashes, which every client
 * sends, are taken for one by the router (formats facts 127 and 129).
 */
public final class DownloadRoutes {
    private static final String INDEX = "/meta/1.0/";
    private static final String ITEMS = "/lxc-images/";

    private final String prefix;
    private final IndexPage index;
    private final ItemFiles items;

    /**
     * @param prefix where the server is, for example {@code /mirror/:name}, or empty; clients write it after the host
     * @param images which images it has
     * @param key signs the index and the files, for clients that check that
     */
    public DownloadRoutes(
            String prefix, Showcase images, Conversions conversions, Supplier<SigningKey> key, EdgeTools tools) {
        this.prefix = prefix;
        Signatures signatures = new Signatures(tools, key);
        this.index = new IndexPage(images, conversions, signatures, tools, ITEMS);
        this.items = new ItemFiles(images, conversions, signatures, tools);
    }

    public void mount(Router router) {
        serve(router, INDEX + ":file", index::send);
        serve(router, ITEMS + ":fingerprint/rootfs.tar.xz", items::rootfs);
        serve(router, ITEMS + ":fingerprint/meta.tar.xz", items::setup);
        serve(router, ITEMS + ":fingerprint/rootfs.tar.xz.asc", items::rootfsSignature);
        serve(router, ITEMS + ":fingerprint/meta.tar.xz.asc", items::setupSignature);
    }

    private void serve(Router router, String path, Function<RoutingContext, Future<Void>> work) {
        router.route(prefix + path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(ctx -> {
            ctx.request().pause();
            work.apply(ctx).onFailure(ctx::fail);
        });
    }
}
