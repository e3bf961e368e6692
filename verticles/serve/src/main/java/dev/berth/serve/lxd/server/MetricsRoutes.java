package dev.berth.serve.lxd.server;

import static io.vertx.core.http.HttpMethod.GET;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.ReadSettings;
import dev.berth.image.Caller;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.edge.Gzip;
import dev.berth.serve.edge.JsonReply;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Resource;
import dev.berth.serve.lxd.RouteGroup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;

/**
 * {@code /1.0/metrics}: for administrators and metrics certificates, or for everybody when
 * {@code core.metrics_authentication} is {@code false} (rest-api 2.5, 7).
 */
final class MetricsRoutes implements RouteGroup {
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String END = "# EOF\n";

    private final LxdTools tools;
    private final WorkerExecutor workers;

    MetricsRoutes(LxdTools tools) {
        this.tools = tools;
        this.workers = FaceWorkers.of(tools);
    }

    @Override
    public void mount(Router router) {
        Resource.at("/1.0/metrics").anybody(GET, this::report).mount(router);
    }

    private Future<Void> report(RoutingContext ctx) {
        boolean gzip = JsonReply.takesGzip(ctx);
        return admitted(Callers.of(ctx))
                .compose(yes -> workers.executeBlocking(() -> body(tools.edge().registry(), gzip), false))
                .compose(body -> send(ctx.response(), body, gzip));
    }

    private static Future<Void> send(HttpServerResponse response, byte[] body, boolean gzip) {
        response.putHeader("Content-Type", OPEN_METRICS).putHeader("Vary", "Accept-Encoding");
        if (gzip) {
            response.putHeader("Content-Encoding", "gzip");
        }
        return response.end(Buffer.buffer(body));
    }

    private Future<Void> admitted(Caller caller) {
        if (caller.isAdmin() || caller.standing() == Caller.Standing.METRICS) {
            return Future.succeededFuture();
        }
        return tools.bus().ask(CatalogContract.READ_SETTINGS, new ReadSettings()).map(settings -> {
            if (!"false".equals(settings.values().get("core.metrics_authentication"))) {
                Access.mustBeAdmin(caller);
            }
            return null;
        });
    }

    private static byte[] body(MeterRegistry registry, boolean gzip) {
        byte[] plain = text(registry).getBytes(StandardCharsets.UTF_8);
        return gzip ? Gzip.of(plain) : plain;
    }

    /** A registry of another kind has nothing to tell in this form. */
    private static String text(MeterRegistry registry) {
        return registry instanceof PrometheusMeterRegistry prometheus ? prometheus.scrape(OPEN_METRICS) : END;
    }
}
