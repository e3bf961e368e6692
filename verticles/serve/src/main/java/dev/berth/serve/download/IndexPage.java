package dev.berth.serve.download;

import dev.berth.contract.Refused;
import dev.berth.image.Image;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxcindex.IndexFile;
import dev.berth.lxcindex.IndexLines;
import dev.berth.lxcindex.IndexName;
import dev.berth.serve.edge.Document;
import dev.berth.serve.edge.EdgeTools;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code /meta/1.0/index-…}. All modes and levels get the same lines, because the files of every image serve them all.
 * Made anew when the images changed, and now and then besides, because an image may turn out to be unfit.
 */
final class IndexPage {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final long LONGEST_KEPT_MILLIS = 10_000;

    private final Showcase images;
    private final Conversions conversions;
    private final Signatures signatures;
    private final EdgeTools tools;
    private final String items;
    private Kept kept = new Kept(null, 0, null, null);

    /** @param items folder of the images, relative to the server */
    IndexPage(Showcase images, Conversions conversions, Signatures signatures, EdgeTools tools, String items) {
        this.images = images;
        this.conversions = conversions;
        this.signatures = signatures;
        this.tools = tools;
        this.items = items;
    }

    private record Kept(Object state, long madeMillis, Document page, Document signature) {}

    Future<Void> send(RoutingContext ctx) {
        Optional<IndexName> name = IndexName.parse(ctx.pathParam("file"));
        if (name.isEmpty()) {
            return Future.failedFuture(new RefusedException(Refused.notFound("no such index: expected index-system or"
                    + " index-user, with a level of 1 to " + IndexName.NEWEST_LEVEL + " or without")));
        }
        return current(ctx).compose(now -> (name.get().signature() ? now.signature() : now.page()).send(ctx, FRESH));
    }

    private Future<Kept> current(RoutingContext ctx) {
        Object state = images.state(ctx);
        long now = tools.clock().millis();
        boolean fresh = state != null && state == kept.state() && now - kept.madeMillis() < LONGEST_KEPT_MILLIS;
        return fresh ? Future.succeededFuture(kept) : made(ctx, state, now).onSuccess(made -> kept = made);
    }

    private Future<Kept> made(RoutingContext ctx, Object state, long now) {
        return images.images(ctx)
                .compose(all -> tools.vertx().executeBlocking(() -> lines(all), false))
                .compose(lines -> isKept(state, lines)
                        ? Future.succeededFuture(new Kept(state, now, kept.page(), kept.signature()))
                        : signed(state, now, lines));
    }

    /** The same text keeps its date and its signature; of showcases that nobody can tell apart nothing is kept. */
    private boolean isKept(Object state, byte[] lines) {
        return state != null && kept.page() != null && Arrays.equals(kept.page().content(), lines);
    }

    private Future<Kept> signed(Object state, long now, byte[] lines) {
        return signatures.of(lines).map(signature ->
                new Kept(state, now, Document.of(lines, TEXT, tools.clock().instant()), signature));
    }

    private byte[] lines(List<Image> all) {
        List<Image> fit = all.stream().filter(conversions::canServe).toList();
        return IndexFile.write(IndexLines.of(fit, image -> items + image.fingerprint() + "/"));
    }
}
