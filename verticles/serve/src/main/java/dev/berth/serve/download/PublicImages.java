package dev.berth.serve.download;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.contract.CatalogContract.TouchImage;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.Requestor;
import dev.berth.image.Caller;
import dev.berth.image.Image;
import dev.berth.lxd.Lifecycle;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.edge.EdgeTools;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The public images of the default project: what everybody may see on every face. */
final class PublicImages implements Showcase {
    private static final String PROJECT = "default";

    private final EdgeTools tools;
    private Object state = new Object();

    PublicImages(EdgeTools tools) {
        this.tools = tools;
        tools.bus().hear(CatalogContract.CHANGED, changed -> state = new Object());
    }

    @Override
    public Future<List<Image>> images(RoutingContext ctx) {
        return tools.bus()
                .ask(CatalogContract.SELECT_IMAGES, new SelectImages(PROJECT, null, null))
                .map(selected -> selected.images().stream().filter(Image::visible).toList());
    }

    @Override
    public Future<Image> image(RoutingContext ctx, String fingerprint) {
        return tools.bus()
                .require(CatalogContract.FIND_IMAGE, new FindImage(PROJECT, fingerprint, true))
                .map(CatalogContract.Found::image);
    }

    @Override
    public void taken(RoutingContext ctx, Image image) {
        Instant now = tools.clock().instant();
        tools.bus().ask(CatalogContract.TOUCH_IMAGE, new TouchImage(image.project(), image.fingerprint(), now));
        tools.bus().announce(
                OperationsContract.EVENT,
                Lifecycle.event(
                        "image-retrieved", "/1.0/images/" + image.fingerprint(), Map.of(), requestor(ctx), image.project(), now));
    }

    @Override
    public Object state(RoutingContext ctx) {
        return state;
    }

    private static Requestor requestor(RoutingContext ctx) {
        Caller caller = Callers.of(ctx);
        return new Requestor(caller.username(), caller.protocol(), caller.address());
    }
}
