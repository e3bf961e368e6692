package dev.berth.serve.download;

import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxcindex.ContainerSetup;
import dev.berth.lxd.EntityTag;
import dev.berth.serve.download.Shelf.Kept;
import dev.berth.serve.edge.BlobSender;
import dev.berth.serve.edge.Body;
import dev.berth.serve.edge.Document;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Segment;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The two files of an image: its root file system and how a container of it is set up (formats 5). */
final class ItemFiles {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final String XZ = "application/x-xz";

    private final Showcase images;
    private final Conversions conversions;
    private final Signatures signatures;
    private final Vertx vertx;
    private final Bus bus;
    private final BlobSender sender;

    ItemFiles(Showcase images, Conversions conversions, Signatures signatures, EdgeTools tools) {
        this.images = images;
        this.conversions = conversions;
        this.signatures = signatures;
        this.vertx = tools.vertx();
        this.bus = tools.bus();
        this.sender = new BlobSender(tools);
    }

    Future<Void> rootfs(RoutingContext ctx) {
        return image(ctx).compose(image -> images.ready(ctx, image)).compose(image -> offered(image).fold(
                asItIs -> asItIs(ctx, image, asItIs.file()), converted -> converted(ctx, image, converted.key())));
    }

    /** Waits for a conversion: only the finished file has a signature, and clients fetch it after the file. */
    Future<Void> rootfsSignature(RoutingContext ctx) {
        return image(ctx)
                .compose(image -> offered(image).fold(
                        asItIs -> signed(asItIs.file()), converted -> signed(conversions.open(converted.key()))))
                .compose(signature -> signature.send(ctx, FRESH));
    }

    Future<Void> setupSignature(RoutingContext ctx) {
        return image(ctx)
                .compose(image -> archive(ctx, image))
                .compose(signatures::of)
                .compose(signature -> signature.send(ctx, FRESH));
    }

    private static Rootfs offered(Image image) {
        return Rootfs.of(image).orElseThrow(() -> new RefusedException(Refused.notFound(
                "this image is not offered to LXC: no root file system that clients read can be made of it")));
    }

    private Future<Document> signed(ImageFile file) {
        return bus.ask(StoreContract.OPEN, new StoreContract.Open(file.blob()))
                .compose(opened -> opened.fold(
                        local -> signatures.of(file.blob().hex(), Path.of(local.path())),
                        growing -> notHere(),
                        missing -> notHere()));
    }

    private Future<Document> signed(Conversions.Opened opened) {
        return opened.fold(
                finished -> signatures.of(finished.file().digest(), finished.file().file()),
                making -> onThisLoop(making.conversion().finished())
                        .compose(file -> signatures.of(file.digest(), file.file())));
    }

    /** Conversions end on their own threads. */
    private <T> Future<T> onThisLoop(Future<T> elsewhere) {
        Context loop = vertx.getOrCreateContext();
        Promise<T> here = Promise.promise();
        elsewhere.onComplete((value, failure) -> loop.runOnContext(now -> here.complete(value, failure)));
        return here.future();
    }

    private static Future<Document> notHere() {
        return Future.failedFuture(new RefusedException(Refused.notFound("Image not found")));
    }

    Future<Void> setup(RoutingContext ctx) {
        return image(ctx)
                .compose(image -> archive(ctx, image).map(bytes -> setup(image, bytes)))
                .compose(body -> sender.send(ctx, body));
    }

    private static Future<byte[]> archive(RoutingContext ctx, Image image) {
        return ctx.vertx().executeBlocking(() -> ContainerSetup.archive(image), false);
    }

    private static Body setup(Image image, byte[] bytes) {
        return new Body(List.of(new Segment.Bytes(bytes)), XZ, null, EntityTag.of(bytes), image.uploadedAt(), false);
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
        if (isOnlyLooking(ctx) && conversions.canServe(image)) {
            return conversions.finished(key).map(file -> finished(ctx, image, file)).orElseGet(() -> unsized(ctx));
        }
        Conversions.Opened opened = conversions.open(key);
        noteUse(ctx, image);
        return opened.fold(
                finished -> finished(ctx, image, finished.file()),
                making -> sender.follow(ctx, making.conversion(), XZ));
    }

    /** HEAD costs nobody a conversion. */
    private static Future<Void> unsized(RoutingContext ctx) {
        return ctx.response().putHeader("Content-Type", XZ).end();
    }

    private Future<Void> finished(RoutingContext ctx, Image image, Kept kept) {
        return sender.send(ctx, body(image, new Segment.OwnFile(kept.file(), kept.length()), kept.digest()));
    }

    private void noteUse(RoutingContext ctx, Image image) {
        if (!isOnlyLooking(ctx)) {
            images.taken(ctx, image);
        }
    }

    private static boolean isOnlyLooking(RoutingContext ctx) {
        return ctx.request().method().equals(HttpMethod.HEAD);
    }

    private static Body body(Image image, Segment file, String digest) {
        return new Body(List.of(file), XZ, null, '"' + digest + '"', image.uploadedAt(), true);
    }
}
