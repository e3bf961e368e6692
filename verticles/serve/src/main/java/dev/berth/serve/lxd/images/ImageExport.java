package dev.berth.serve.lxd.images;

import dev.berth.image.Image;
import dev.berth.serve.edge.BlobSender;
import dev.berth.serve.edge.Retrieval;
import dev.berth.serve.lxd.LxdTools;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /1.0/images/{fp}/export} (rest-api 3.8). The bytes go out as they are, never encoded or transformed. */
final class ImageExport {
    private final LxdTools tools;
    private final ImageLookup lookup;
    private final BlobSender sender;
    private final UpstreamExport upstreams;

    ImageExport(LxdTools tools, ImageLookup lookup, BlobSender sender) {
        this.tools = tools;
        this.lookup = lookup;
        this.sender = sender;
        this.upstreams = new UpstreamExport(tools, sender);
    }

    Future<Void> get(RoutingContext ctx) {
        return lookup.see(ctx).compose(sighting -> {
            if (ctx.request().method().equals(HttpMethod.GET)) {
                Retrieval.note(ctx, tools.edge(), sighting.image());
            }
            return sighting.isElsewhere()
                    ? upstreams.send(ctx, sighting)
                    : sender.send(ctx, ExportBody.of(sighting.image(), isForEver(ctx, sighting.image())));
        });
    }

    private static boolean isForEver(RoutingContext ctx, Image image) {
        boolean whole = image.fingerprint().hex().equals(ctx.pathParam("name"));
        return whole && image.visible() && ctx.request().getParam("secret") == null;
    }
}
