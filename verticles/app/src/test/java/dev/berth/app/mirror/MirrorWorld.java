package dev.berth.app.mirror;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.Expect;
import dev.berth.testkit.FreePort;
import dev.berth.testkit.OnLoop;
import dev.berth.testkit.upstream.FakeStreams;
import dev.berth.testkit.upstream.FakeUpstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An upstream, a service that mirrors it as {@code up}, and strangers who ask that service: over HTTPS, or without TLS when
 * there are many of them, because a hundred handshakes take longer than all the rest.
 */
final class MirrorWorld implements AutoCloseable {
    private static final int MANY = 1_200;

    final Vertx vertx = Vertx.vertx();
    final FakeUpstream upstream = FakeUpstream.start(vertx);
    final FakeStreams streams = upstream.streams();
    private final Path folder;
    private final boolean secure;
    private final int plain = FreePort.next();
    private final HttpClientAgent client;
    private RunningBerth berth;

    /** @param secure whether strangers use TLS */
    MirrorWorld(Path folder, boolean secure) {
        this.folder = folder;
        this.secure = secure;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setSsl(secure).setTrustAll(true).setVerifyHost(false))
                .with(new PoolOptions().setHttp1MaxSize(MANY))
                .build();
    }

    /** Starts the service, with these settings beside the usual ones of the test. */
    MirrorWorld started(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "fetch.allow-private-addresses", "127.0.0.1",
                "fetch.trusted-certificates", upstream.certificate().writtenTo(folder).toString(),
                "fetch.tries", "1",
                "plain", "127.0.0.1:" + plain,
                "upstreams.up.url", upstream.url()));
        settings.putAll(more);
        berth = RunningBerth.in(folder.resolve("data"), settings);
        return this;
    }

    MirrorWorld stopped() throws IOException {
        berth.close();
        return this;
    }

    RunningBerth berth() {
        return berth;
    }

    Received get(String path) {
        return Expect.soon(ask(HttpMethod.GET, path, Map.of()));
    }

    Received get(String path, Map<String, String> headers) {
        return Expect.soon(ask(HttpMethod.GET, path, headers));
    }

    Received head(String path) {
        return Expect.soon(ask(HttpMethod.HEAD, path, Map.of()));
    }

    /** Asks; completes with the end of the answer, or with its breaking off. */
    Future<Received> ask(HttpMethod method, String path, Map<String, String> headers) {
        return begin(method, path, headers).compose(response -> read(response, bytes -> {}));
    }

    /** Completes with the head; the body waits. */
    Future<HttpClientResponse> begin(HttpMethod method, String path, Map<String, String> headers) {
        return OnLoop.of(vertx, () -> client.request(method, port(), "127.0.0.1", path).compose(request -> {
            headers.forEach(request::putHeader);
            return request.send().map(HttpClientResponse::pause);
        }));
    }

    /** Asks, and hangs up as soon as there is a connection. */
    Future<Void> leave(String path) {
        return client.request(HttpMethod.GET, port(), "127.0.0.1", path).compose(request -> {
            Future<?> sent = request.end();
            return sent.onComplete(done -> request.connection().close()).mapEmpty();
        });
    }

    private int port() {
        return secure ? berth.port() : plain;
    }

    /** Reads a body that waits. */
    Future<Received> read(HttpClientResponse response, Consumer<Buffer> each) {
        Promise<Received> end = Promise.promise();
        Buffer all = Buffer.buffer();
        response.handler(bytes -> {
            all.appendBuffer(bytes);
            each.accept(bytes);
        });
        response.exceptionHandler(cause ->
                end.tryComplete(new Received(response.statusCode(), response.headers(), all, cause)));
        response.endHandler(done -> end.tryComplete(new Received(response.statusCode(), response.headers(), all, null)));
        response.resume();
        return end.future();
    }

    /** The products file as a client of the mirror sees it. */
    JsonObject products() {
        return get("/mirror/up/streams/v1/images.json").body().toJsonObject().getJsonObject("products");
    }

    /** Where the mirror has a file. */
    String path(String product, String serial, String item) {
        return "/mirror/up/" + products().getJsonObject(product).getJsonObject("versions").getJsonObject(serial)
                .getJsonObject("items").getJsonObject(item).getString("path");
    }

    /** The value of a metric, or 0. */
    double metric(String line) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(berth.management() + "/metrics")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body().lines()
                .filter(each -> each.startsWith(line + " "))
                .mapToDouble(each -> Double.parseDouble(each.substring(each.lastIndexOf(' '))))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        if (berth != null) {
            berth.close();
        }
        Expect.soon(vertx.close());
    }
}
