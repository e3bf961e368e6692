package dev.berth.serve.streams;

import dev.berth.contract.Refused;
import dev.berth.image.ImageFile;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.BlobSender;
import dev.berth.serve.edge.Body;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Retrieval;
import dev.berth.serve.edge.Segment;
import dev.berth.serve.streams.StreamDocuments.Item;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;

/** {@code GET /images/<sha256>/<name>}: only paths that are listed now lead anywhere. */
final class ItemRoutes {
    private static final String BINARY = "application/octet-stream";

    private final Publication publication;
    private final EdgeTools tools;
    private final BlobSender sender;

    ItemRoutes(Publication publication, EdgeTools tools) {
        this.publication = publication;
        this.tools = tools;
        this.sender = new BlobSender(tools);
    }

    void mount(Router router) {
        router.route("/images/:sha256/:name").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::send);
    }

    private void send(RoutingContext ctx) {
        String path = ctx.normalizedPath().substring(1);
        Here.on(ctx, publication.current(tools))
                .compose(documents -> send(ctx, documents.items().get(path)))
                .onFailure(ctx::fail);
    }

    private Future<Void> send(RoutingContext ctx, Item item) {
        if (item == null) {
            return Future.failedFuture(new RefusedException(Refused.notFound("not found")));
        }
        if (ctx.request().method() == HttpMethod.GET) {
            noteUse(ctx, item);
        }
        return sender.send(ctx, body(item));
    }

    private static Body body(Item item) {
        ImageFile file = item.file();
        Segment blob = new Segment.Blob(file.blob(), file.size());
        Instant since = item.images().get(0).uploadedAt();
        return new Body(List.of(blob), BINARY, null, "\"" + file.blob().hex() + "\"", since, true);
    }

    /** Whoever fetches metadata fetches a root as well, and only that tells which image is used. */
    private void noteUse(RoutingContext ctx, Item item) {
        if (item.file().role() != ImageFile.Role.METADATA) {
            item.images().forEach(image -> Retrieval.note(ctx, tools, image));
        }
    }
}
