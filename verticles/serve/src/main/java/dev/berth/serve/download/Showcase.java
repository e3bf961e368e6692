package dev.berth.serve.download;

import dev.berth.image.Image;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Which images one download server has. Whoever asks may see all of them; the showcase knows who asks. Event loop. */
public interface Showcase {
    /** All there are, in any order. Fails with a refusal for those who may not look. */
    Future<List<Image>> images(RoutingContext ctx);

    /** The image with this whole fingerprint. Fails with NOT_FOUND when there is none for this caller. */
    Future<Image> image(RoutingContext ctx, String fingerprint);

    /**
     * Has the bytes of the image here, for whoever asks for its root file system. Completes when they can be read.
     *
     * @return the image as it is known then
     */
    default Future<Image> ready(RoutingContext ctx, Image image) {
        return Future.succeededFuture(image);
    }

    /** Notes that somebody takes the image's files. */
    void taken(RoutingContext ctx, Image image);

    /**
     * Names everything that changes {@link #images}: indexes are kept while it stays the same.
     *
     * @return a state, or null when nobody knows
     */
    Object state(RoutingContext ctx);
}
