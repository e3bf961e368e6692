package dev.berth.serve.edge;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.TouchImage;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.Requestor;
import dev.berth.image.Caller;
import dev.berth.image.Image;
import dev.berth.lxd.Lifecycle;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Tells that somebody takes an image's bytes: it is used, whichever face it goes out by, and watchers hear of it. */
public final class Retrieval {
    private static final Set<Integer> SENDING = Set.of(200, 206);

    private Retrieval() {}

    /** To be said before the answer begins. One without bytes (304, 416, a refusal) takes nothing and is not told. */
    public static void note(RoutingContext ctx, EdgeTools tools, Image image) {
        ctx.addHeadersEndHandler(head -> {
            if (SENDING.contains(ctx.response().getStatusCode())) {
                tell(ctx, tools, image);
            }
        });
    }

    private static void tell(RoutingContext ctx, EdgeTools tools, Image image) {
        Instant now = tools.clock().instant();
        tools.bus().ask(CatalogContract.TOUCH_IMAGE, new TouchImage(image.project(), image.fingerprint(), now));
        tools.bus().announce(OperationsContract.EVENT, Lifecycle.event(
                "image-retrieved", "/1.0/images/" + image.fingerprint(), Map.of(), requestor(ctx), image.project(), now));
    }

    private static Requestor requestor(RoutingContext ctx) {
        Caller caller = Callers.of(ctx);
        return new Requestor(caller.username(), caller.protocol(), caller.address());
    }
}
