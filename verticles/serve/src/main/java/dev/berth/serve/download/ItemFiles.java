package dev.berth.serve.download;

import dev.berth.contract.Refused;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxcindex.ContainerSetup;
import dev.berth.lxd.EntityTag;
import dev.berth.serve.download.Shelf.Kept;
import dev.berth.serve.edge.BlobSender;
import dev.berth.serve.edge.Body;
import dev.berth.serve.edge.Segment;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The two files of an image: its root file system and how a container of it is set up (formats 5). */
final class ItemFiles {
    private static final String XZ = "application/x-xz";

    private final Showcase images;
    private final Conversions conversions;
    private final BlobSender sender;

    ItemFiles(Showcase images, Conversions conversions, BlobSender sender) {
        this.images = images;
        this.conversions = conversions;
        this.sender = sender;
    }

    Future<Void> rootfs(RoutingContext ctx) {
        return image(ctx).compose(image -> {
            Rootfs rootfs = Rootfs.of(image).orElseThrow(() -> new RefusedException(Refused.notFound(
                    "this image is not offered to LXC: no root file system that clients read can be made of it")));
            return rootfs.fold(
                    asItIs -> asItIs(ctx, image, asItIs.file()), converted -> converted(ctx, image, converted.key()));
        });
    }

    Future<Void> setup(RoutingContext ctx) {
        return image(ctx)
                .compose(image -> ctx.vertx().executeBlocking(() -> ContainerSetup.archive(image), false)
                        .map(bytes -> new Body(
                                List.of(new Segment.Bytes(bytes)), XZ, null, EntityTag.of(bytes), image.uploadedAt(), false)))
                .compose(body -> sender.send(ctx, body));
    }

    private Future<Image> image(RoutingContext ctx) {
        String fingerprint = ctx.pathParam("fingerprint");
        return Fingerprint.isWhole(fingerprint)
                ? images.image(ctx, fingerprint)
                : Future.failedFuture(new RefusedException(Refused.notFound("Image not found")));
    }

    private Future<Void> asItIs(RoutingContext ctx, Image image, ImageFile file) {
        noteUse(ctx, image);
        Segment blob = new Segment.Blob(file.blob(), file.size());
        return sender.send(ctx, body(image, blob, file.blob().hex()));
    }

    private Future<Void> converted(RoutingContext ctx, Image image, RootfsKey key) {
        Conversions.Opened opened = conversions.open(key);
        noteUse(ctx, image);
        return opened.fold(
                finished -> finished(ctx, image, finished.file()),
                making -> sender.follow(ctx, making.conversion(), XZ));
    }

    private Future<Void> finished(RoutingContext ctx, Image image, Kept kept) {
        return sender.send(ctx, body(image, new Segment.OwnFile(kept.file(), kept.length()), kept.digest()));
    }

    private void noteUse(RoutingContext ctx, Image image) {
        if (ctx.request().method().equals(HttpMethod.GET)) {
            images.taken(ctx, image);
        }
    }

    private static Body body(Image image, Segment file, String digest) {
        return new Body(List.of(file), XZ, null, '"' + digest + '"', image.uploadedAt(), true);
    }
}
