package dev.berth.serve.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kit.health.Readiness;
import dev.berth.serve.edge.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ManagementTest {
    private final Vertx vertx = Vertx.vertx();
    private final Readiness readiness = new Readiness();
    private Management management;

    private void listen(MeterRegistry registry) throws Exception {
        management = new Management(vertx, registry, readiness);
        await(management.listen(new Endpoint("127.0.0.1", 0)));
    }

    @AfterEach
    void stop() throws Exception {
        await(management.close());
        await(vertx.close());
    }

    @Test
    void metrics_are_there_for_prometheus() throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.counter("berth.test").increment(3);
        listen(registry);

        HttpResponse<String> got = get("/metrics");

        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).contains("berth_test_total 3.0");
        assertThat(got.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void another_registry_has_nothing_to_scrape() throws Exception {
        listen(new SimpleMeterRegistry());

        assertThat(get("/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void it_lives_while_it_answers_and_is_ready_when_every_check_passes() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        readiness.add("catalog", Future::succeededFuture);
        readiness.add("disk", () -> full.get() ? Future.failedFuture("the disk is full") : Future.succeededFuture());
        listen(new SimpleMeterRegistry());

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body())
                .isEqualTo("{\"ready\":false,\"checks\":{\"catalog\":\"ok\",\"disk\":\"the disk is full\"}}\n");

        full.set(false);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + management.port() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
