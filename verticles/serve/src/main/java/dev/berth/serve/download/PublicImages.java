package dev.berth.serve.download;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.image.Image;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Retrieval;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

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
        Retrieval.note(ctx, tools, image);
    }

    @Override
    public Object state(RoutingContext ctx) {
        return state;
    }
}
