package dev.berth.serve.streams;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.Document;
import dev.berth.serve.edge.EdgeTools;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** {@code GET /streams/v1/<document>}. */
final class DocumentRoutes {
    /** Clients of their own keep a copy for an hour (fact 106); caches on the way need not add much. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Publication publication;
    private final EdgeTools tools;

    DocumentRoutes(Publication publication, EdgeTools tools) {
        this.publication = publication;
        this.tools = tools;
    }

    void mount(Router router) {
        router.route("/streams/v1/*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::send);
    }

    private void send(RoutingContext ctx) {
        String path = ctx.normalizedPath().substring(1);
        Here.on(ctx, publication.current(tools))
                .compose(documents -> send(ctx, documents.documents().get(path)))
                .onFailure(ctx::fail);
    }

    private static Future<Void> send(RoutingContext ctx, Document document) {
        return document == null
                ? Future.failedFuture(new RefusedException(Refused.notFound("not found")))
                : document.send(ctx, FRESH);
    }
}
