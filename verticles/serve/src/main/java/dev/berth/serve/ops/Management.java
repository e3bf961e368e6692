package dev.berth.serve.ops;

import dev.berth.kit.health.Readiness;
import dev.berth.lxd.LxdJson;
import dev.berth.serve.edge.Endpoint;
import dev.berth.serve.edge.Listening;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers those who watch over the service. Server instances of one process share the listener. */
public final class Management {
    private static final int IDLE_SECONDS = 60;
    private static final String SCRAPE_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx;
    private final MeterRegistry registry;
    private final Readiness readiness;
    private HttpServer server;

    public Management(Vertx vertx, MeterRegistry registry, Readiness readiness) {
        this.vertx = vertx;
        this.registry = registry;
        this.readiness = readiness;
    }

    /** Completes when it listens. */
    public Future<Void> listen(Endpoint endpoint) {
        server = vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false))
                .requestHandler(this::answer);
        return Listening.at(endpoint, server);
    }

    /** The port it listens on, once it does. */
    public int port() {
        return server.actualPort();
    }

    /** Done at once when it never listened. */
    public Future<Void> close() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        switch (request.path()) {
            case "/metrics" -> metrics(response);
            case "/health/live" -> json(response, 200, Map.of("live", true));
            case "/health/ready" -> readiness.look().onSuccess(checks -> ready(response, checks));
            default -> json(response, 404, Map.of("error", "there are /metrics, /health/live and /health/ready"));
        }
    }

    private void metrics(HttpServerResponse response) {
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            vertx.executeBlocking(() -> Buffer.buffer(prometheus.scrape()), false)
                    .onSuccess(text -> response.putHeader("Content-Type", SCRAPE_TYPE).end(text))
                    .onFailure(cause -> json(response, 500, Map.of("error", "the metrics cannot be read now")));
        } else {
            json(response, 404, Map.of("error", "metrics are not kept for Prometheus here"));
        }
    }

    private static void ready(HttpServerResponse response, Map<String, String> checks) {
        boolean ready = checks.values().stream().allMatch(Readiness.FINE::equals);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ready", ready);
        answer.put("checks", checks);
        json(response, ready ? 200 : 503, answer);
    }

    private static void json(HttpServerResponse response, int status, Map<String, ?> value) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(LxdJson.bytes(value)).appendString("\n"));
    }
}
