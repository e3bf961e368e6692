package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Expect;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MachineryTest {
    private static final int MANY = 300;

    private final HttpClient client = HttpClient.newHttpClient();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Vertx vertx = Machinery.vertx(registry);

    @AfterEach
    void close() {
        Expect.soon(vertx.close());
    }

    @Test
    void methods_that_clients_invent_make_no_metrics() throws Exception {
        HttpServer server = Expect.soon(vertx.createHttpServer()
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1"));
        URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + "/");
        ask(uri, "GET");
        ask(uri, "GET");
        Set<Meter.Id> before = meters();

        for (int i = 0; i < MANY; i++) {
            ask(uri, "MADEUP" + i);
        }

        assertThat(meters()).isEqualTo(before);
    }

    private void ask(URI uri, String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }

    private Set<Meter.Id> meters() {
        return registry.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
    }
}
