package dev.berth.serve.download;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.FetchContract.Listed;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.MirrorContract;
import dev.berth.contract.MirrorContract.BringImage;
import dev.berth.contract.MirrorContract.ReadSnapshot;
import dev.berth.contract.Refused;
import dev.berth.image.BlobId;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageFile.Role;
import dev.berth.image.ImageType;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.Arriving;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Retrieval;
import dev.berth.serve.edge.UpstreamFault;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * The containers that one upstream lists. A root file system that is xz already is passed on while it arrives; for any other
 * its first reader waits until all of the image is here, and then reads it while it is converted.
 */
final class UpstreamImages implements Showcase {
    private static final String PROJECT = "default";
    private static final List<String> EXTENSIONS = List.of(".tar.xz", ".tar.gz", ".tar.bz2", ".tar.zst", ".squashfs", ".tar");

    private final String upstream;
    private final EdgeTools tools;
    private final Arriving arriving;
    /** The page looks for itself, every few seconds. */
    private final Object state = new Object();

    UpstreamImages(String upstream, EdgeTools tools) {
        this.upstream = upstream;
        this.tools = tools;
        this.arriving = new Arriving(tools.bus());
    }

    @Override
    public Future<List<Image>> images(RoutingContext ctx) {
        return tools.bus().require(MirrorContract.SNAPSHOT, new ReadSnapshot(upstream))
                .map(snapshot -> snapshot.listed().stream()
                        .filter(listed -> listed.offer().type() == ImageType.CONTAINER)
                        .map(UpstreamImages::image)
                        .toList());
    }

    @Override
    public Future<Image> image(RoutingContext ctx, String fingerprint) {
        return images(ctx).compose(images -> images.stream()
                .filter(image -> image.fingerprint().hex().equals(fingerprint))
                .findFirst()
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(new RefusedException(Refused.notFound("Image not found")))));
    }

    @Override
    public Future<Image> ready(RoutingContext ctx, Image image) {
        if (ctx.request().method() == HttpMethod.HEAD) {
            return Future.succeededFuture(image);
        }
        Future<?> transfer = tools.bus().require(MirrorContract.BRING_IMAGE, new BringImage(upstream, image.fingerprint()));
        Future<Image> ready = Rootfs.of(image)
                .map(rootfs -> rootfs.fold(
                        asItIs -> arriving.begun(List.of(asItIs.file().blob()), transfer).map(image),
                        converted -> transfer.compose(here -> kept(image))))
                .orElseGet(() -> Future.succeededFuture(image));
        return ready.recover(cause -> Future.failedFuture(UpstreamFault.of(cause)));
    }

    @Override
    public void taken(RoutingContext ctx, Image image) {
        Retrieval.note(ctx, tools, image);
    }

    @Override
    public Object state(RoutingContext ctx) {
        return state;
    }

    /** The record tells what the bytes really are. */
    private Future<Image> kept(Image image) {
        return tools.bus()
                .require(CatalogContract.FIND_IMAGE, new FindImage(PROJECT, image.fingerprint().hex(), false))
                .map(CatalogContract.Found::image);
    }

    private static Image image(Listed listed) {
        Offer offer = listed.offer();
        boolean split = offer.files().size() > 1;
        List<ImageFile> files = split
                ? List.of(file(Role.METADATA, offer.files().get(0)), file(Role.ROOTFS, offer.files().get(1)))
                : List.of(file(Role.UNIFIED, offer.files().get(0)));
        return new Image(
                PROJECT, offer.fingerprint(), offer.type(), offer.architecture(), true, false, true, offer.filename(),
                offer.properties(), offer.aliases(), List.of(), files, offer.createdAt(), offer.createdAt(),
                Image.NEVER_USED, offer.expiresAt() == null ? Image.NEVER_EXPIRES : offer.expiresAt(), null);
    }

    /** Until the bytes are here, their name over there has to do. */
    private static ImageFile file(Role role, OfferedFile file) {
        String extension = EXTENSIONS.stream().filter(file.path()::endsWith).findFirst().orElse("");
        return new ImageFile(role, new BlobId(file.sha256()), file.size(), extension);
    }
}
