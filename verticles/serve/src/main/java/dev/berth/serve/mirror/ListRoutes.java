package dev.berth.serve.mirror;

import dev.berth.contract.MirrorContract;
import dev.berth.contract.MirrorContract.ReadSnapshot;
import dev.berth.contract.MirrorContract.Snapshot;
import dev.berth.contract.Refused;
import dev.berth.kit.async.SingleFlight;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.Document;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.signing.SignedStreams;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** {@code GET /mirror/NAME/streams/v1/DOCUMENT}. */
final class ListRoutes {
    private static final String STREAMS = "streams";
    /** Clients of their own keep a copy for an hour (formats fact 106); caches on the way need not add much. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final EdgeTools tools;
    private final SignedStreams signed;
    private final SingleFlight<String, ListDocuments> making = new SingleFlight<>();
    private final Map<String, ListDocuments> made = new HashMap<>();

    ListRoutes(EdgeTools tools, SignedStreams signed) {
        this.tools = tools;
        this.signed = signed;
    }

    void mount(Router router) {
        router.route("/mirror/:upstream/streams/v1/:document")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::send);
    }

    private void send(RoutingContext ctx) {
        ctx.request().pause();
        String upstream = ctx.pathParam("upstream");
        tools.bus().require(MirrorContract.SNAPSHOT, new ReadSnapshot(upstream))
                .compose(snapshot -> documents(upstream, snapshot)
                        .compose(documents -> send(ctx, documents.find(ctx.pathParam("document")), snapshot)))
                .onFailure(ctx::fail);
    }

    /** Compressed and signed once for each version. */
    private Future<ListDocuments> documents(String upstream, Snapshot snapshot) {
        ListDocuments kept = made.get(upstream);
        return kept != null && kept.version().equals(snapshot.version())
                ? Future.succeededFuture(kept)
                : making.run(upstream + " " + snapshot.version(), () -> tools.vertx()
                        .executeBlocking(() -> ListDocuments.of(upstream, snapshot, signed), false)
                        .onSuccess(documents -> made.put(upstream, documents)));
    }

    private static Future<Void> send(RoutingContext ctx, Document document, Snapshot snapshot) {
        if (document == null || !snapshot.expose().contains(STREAMS)) {
            return Future.failedFuture(new RefusedException(Refused.notFound("not found")));
        }
        if (!snapshot.stale().isEmpty()) {
            Staleness.tell(ctx.response(), snapshot);
        }
        return document.send(ctx, FRESH);
    }
}
