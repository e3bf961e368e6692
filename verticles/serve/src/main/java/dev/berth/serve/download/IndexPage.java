package dev.berth.serve.download;

import dev.berth.contract.Refused;
import dev.berth.image.Image;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxcindex.IndexFile;
import dev.berth.lxcindex.IndexLines;
import dev.berth.lxcindex.IndexName;
import dev.berth.lxd.EntityTag;
import dev.berth.serve.edge.BlobSender;
import dev.berth.serve.edge.Body;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Gzip;
import dev.berth.serve.edge.JsonReply;
import dev.berth.serve.edge.Segment;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * {@code /meta/1.0/index-…}. All modes and levels get the same lines, because the files of every image serve them all.
 * Made anew when the images changed, and now and then besides, because an image may turn out to be unfit.
 */
final class IndexPage {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String SHORT_LIVED = "public, max-age=60";
    private static final long LONGEST_KEPT_MILLIS = 10_000;

    private final Showcase images;
    private final Conversions conversions;
    private final BlobSender sender;
    private final EdgeTools tools;
    private final String items;
    private Kept kept = new Kept(null, 0, null);

    /** @param items folder of the images, relative to the server */
    IndexPage(Showcase images, Conversions conversions, BlobSender sender, EdgeTools tools, String items) {
        this.images = images;
        this.conversions = conversions;
        this.sender = sender;
        this.tools = tools;
        this.items = items;
    }

    /** One index in both forms it is sent in. */
    private record Page(byte[] plain, byte[] gzipped, String etag, String gzipEtag) {
        static Page of(byte[] plain) {
            byte[] gzipped = Gzip.of(plain);
            return new Page(plain, gzipped, EntityTag.of(plain), EntityTag.of(gzipped));
        }
    }

    private record Kept(Object state, long madeMillis, Page page) {}

    Future<Void> send(RoutingContext ctx) {
        Optional<IndexName> name = IndexName.parse(ctx.pathParam("file"));
        if (name.isEmpty() || name.get().signature()) {
            return Future.failedFuture(new RefusedException(Refused.notFound("no such index: expected index-system or"
                    + " index-user, with a level of 1 to " + IndexName.NEWEST_LEVEL + " or without")));
        }
        return page(ctx).compose(page -> send(ctx, page));
    }

    private Future<Page> page(RoutingContext ctx) {
        Object state = images.state(ctx);
        long now = tools.clock().millis();
        boolean fresh = state != null && state == kept.state() && now - kept.madeMillis() < LONGEST_KEPT_MILLIS;
        return fresh ? Future.succeededFuture(kept.page()) : made(ctx).onSuccess(page -> kept = new Kept(state, now, page));
    }

    private Future<Page> made(RoutingContext ctx) {
        return images.images(ctx)
                .compose(all -> tools.vertx().executeBlocking(() -> Page.of(lines(all)), false));
    }

    private byte[] lines(List<Image> all) {
        List<Image> fit = all.stream().filter(conversions::canServe).toList();
        return IndexFile.write(IndexLines.of(fit, image -> items + image.fingerprint() + "/"));
    }

    private Future<Void> send(RoutingContext ctx, Page page) {
        HttpServerResponse response = ctx.response();
        response.putHeader("Cache-Control", SHORT_LIVED).putHeader("Vary", "Accept-Encoding");
        if (!JsonReply.takesGzip(ctx)) {
            return sender.send(ctx, body(page.plain(), page.etag()));
        }
        response.putHeader("Content-Encoding", "gzip");
        return sender.send(ctx, body(page.gzipped(), page.gzipEtag()));
    }

    private static Body body(byte[] bytes, String etag) {
        return new Body(List.of(new Segment.Bytes(bytes)), TEXT, null, etag, null, false);
    }
}
