package dev.berth.serve.lxd.images;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.MirrorContract;
import dev.berth.contract.MirrorContract.BringImage;
import dev.berth.image.BlobId;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.serve.edge.Arriving;
import dev.berth.serve.edge.BlobSender;
import dev.berth.serve.edge.Body;
import dev.berth.serve.edge.UpstreamFault;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Scope;
import dev.berth.serve.lxd.images.ImageLookup.Sighting;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Sends an image that may have to come from its upstream first. What the upstream tells about its files is enough to begin:
 * length and frame of the answer are known, and its bytes follow as they arrive. An upstream that tells nothing of them
 * makes its first reader wait for the whole.
 */
final class UpstreamExport {
    private final LxdTools tools;
    private final BlobSender sender;
    private final Arriving arriving;

    UpstreamExport(LxdTools tools, BlobSender sender) {
        this.tools = tools;
        this.sender = sender;
        this.arriving = new Arriving(tools.bus());
    }

    Future<Void> send(RoutingContext ctx, Sighting sighting) {
        MirroredImage wanted = sighting.elsewhere();
        Future<Void> sent = wanted.tellsItsFiles()
                ? sendArriving(ctx, wanted, sighting.image())
                : brought(wanted).compose(here -> kept(wanted)).compose(image -> sender.send(ctx, ExportBody.of(image, false)));
        return sent.recover(cause -> Future.failedFuture(UpstreamFault.of(cause)));
    }

    private Future<Void> sendArriving(RoutingContext ctx, MirroredImage wanted, Image image) {
        Body body = ExportBody.offered(image);
        if (!BlobSender.needsBytes(ctx.request(), body)) {
            return sender.describe(ctx, body);
        }
        List<BlobId> blobs = image.files().stream().map(ImageFile::blob).toList();
        return arriving.begun(blobs, brought(wanted)).compose(begun -> sender.send(ctx, body));
    }

    private Future<?> brought(MirroredImage wanted) {
        return tools.bus()
                .require(MirrorContract.BRING_IMAGE, new BringImage(wanted.upstream(), wanted.offer().fingerprint()));
    }

    private Future<Image> kept(MirroredImage wanted) {
        FindImage question = new FindImage(Scope.DEFAULT_PROJECT, wanted.offer().fingerprint().hex(), false);
        return tools.bus().require(CatalogContract.FIND_IMAGE, question).map(found -> found.image());
    }
}
