package dev.berth.serve.mirror;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.TouchImage;
import dev.berth.contract.MirrorContract;
import dev.berth.contract.MirrorContract.BringItem;
import dev.berth.contract.MirrorContract.FindItem;
import dev.berth.contract.MirrorContract.Item;
import dev.berth.contract.Refused.Reason;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Open;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.Arriving;
import dev.berth.serve.edge.BlobSender;
import dev.berth.serve.edge.Body;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Segment;
import dev.berth.serve.edge.UpstreamFault;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /mirror/NAME/images/SHA256/FILE}: only paths that were listed a short while ago lead anywhere. */
final class ItemRoutes {
    private static final String BINARY = "application/octet-stream";

    private final EdgeTools tools;
    private final BlobSender sender;
    private final Arriving arriving;
    private final ItemMeters meters;

    ItemRoutes(EdgeTools tools) {
        this.tools = tools;
        this.sender = new BlobSender(tools);
        this.arriving = new Arriving(tools.bus());
        this.meters = new ItemMeters(tools.registry());
    }

    void mount(Router router) {
        router.route("/mirror/:upstream/images/:sha256/:file")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::send);
    }

    private void send(RoutingContext ctx) {
        ctx.request().pause();
        String path = "images/" + ctx.pathParam("sha256") + "/" + ctx.pathParam("file");
        FindItem asked = new FindItem(ctx.pathParam("upstream"), path);
        tools.bus().require(MirrorContract.ITEM, asked)
                .compose(item -> send(ctx, asked, item))
                .onFailure(ctx::fail);
    }

    private Future<Void> send(RoutingContext ctx, FindItem asked, Item item) {
        Body body = body(item);
        if (!BlobSender.needsBytes(ctx.request(), body)) {
            return sender.describe(ctx, body);
        }
        ctx.addEndHandler(end -> meters.served(asked.upstream(), ctx.response().bytesWritten()));
        return here(asked, item)
                .compose(here -> sender.send(ctx, body)
                        .recover(cause -> went(ctx, cause)
                                ? brought(asked).compose(whole -> sender.send(ctx, body))
                                : Future.failedFuture(cause)))
                .onSuccess(sent -> touch(item))
                .recover(cause -> Future.failedFuture(UpstreamFault.of(cause)));
    }

    /** Completes when the file can be sent: it is here, or it is arriving. */
    private Future<Void> here(FindItem asked, Item item) {
        return tools.bus().ask(StoreContract.OPEN, new Open(item.blob())).compose(opened -> opened.fold(
                local -> counted(asked, "hit"),
                growing -> counted(asked, "joined"),
                missing -> counted(asked, "miss").compose(counted -> arriving.readable(List.of(item.blob()), brought(asked)))));
    }

    /** A file whose transfer broke off before it was opened here: only another try can say why, or bring it. */
    private static boolean went(RoutingContext ctx, Throwable cause) {
        return cause instanceof RefusedException no && no.refused().reason() == Reason.NOT_FOUND && !ctx.response().headWritten();
    }

    private Future<?> brought(FindItem asked) {
        return tools.bus().require(MirrorContract.BRING, new BringItem(asked.upstream(), asked.path()));
    }

    private Future<Void> counted(FindItem asked, String outcome) {
        meters.asked(asked.upstream(), outcome);
        return Future.succeededFuture();
    }

    private void touch(Item item) {
        tools.bus().ask(CatalogContract.TOUCH_IMAGE, new TouchImage(
                item.project(), item.image().fingerprint(), tools.clock().instant()));
    }

    private static Body body(Item item) {
        Segment blob = new Segment.Blob(item.blob(), item.size());
        return new Body(List.of(blob), BINARY, null, "\"" + item.blob().hex() + "\"", item.image().createdAt(), true);
    }
}
