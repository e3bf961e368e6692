package dev.berth.serve.direct;

import dev.berth.contract.Refused;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.PathSegment;
import dev.berth.serve.edge.BlobSender;
import dev.berth.serve.edge.Body;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Retrieval;
import dev.berth.serve.edge.Segment;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code HEAD} and {@code GET /direct/<name>}: bytes, and beside them what daemons ask for. */
final class DirectRoutes {
    private static final String ROOT = "/direct/";
    private static final String BINARY = "application/octet-stream";

    private final EdgeTools tools;
    private final DirectImages images;
    private final BlobSender sender;

    DirectRoutes(EdgeTools tools) {
        this.tools = tools;
        this.images = new DirectImages(tools.bus());
        this.sender = new BlobSender(tools);
    }

    void mount(Router router) {
        router.route(ROOT + "*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
    }

    private void answer(RoutingContext ctx) {
        String name = PathSegment.unescape(ctx.normalizedPath().substring(ROOT.length()));
        images.find(name, ServerWords.architectures(ctx.request().headers()))
                .compose(image -> send(ctx, name, image))
                .onFailure(ctx::fail);
    }

    private Future<Void> send(RoutingContext ctx, String name, Image image) {
        if (image.isSplit()) {
            return Future.failedFuture(new RefusedException(Refused.invalid("\"" + name + "\" is an image in two files, and a"
                    + " URL stands for one: add this server as a remote, or ask for an image in one file")));
        }
        if (ctx.request().method() == HttpMethod.GET) {
            Retrieval.note(ctx, tools, image);
        }
        describe(ctx, image);
        return sender.send(ctx, body(image, name.equals(image.fingerprint().hex())));
    }

    private void describe(RoutingContext ctx, Image image) {
        String hash = image.fingerprint().hex();
        String url = Origin.of(ctx.request(), tools.conf().listen()) + ROOT + hash;
        HttpServerResponse response = ctx.response().putHeader("Vary", ServerWords.NAMES);
        for (String family : ServerWords.FAMILIES) {
            response.putHeader(family + "-Image-Hash", hash).putHeader(family + "-Image-URL", url);
        }
    }

    private static Body body(Image image, boolean forEver) {
        ImageFile file = image.files().get(0);
        String disposition = "inline;filename=" + image.fingerprint() + file.extension();
        Segment blob = new Segment.Blob(file.blob(), file.size());
        return new Body(
                List.of(blob), BINARY, disposition, "\"" + image.fingerprint() + "\"", image.uploadedAt(), forEver);
    }
}
