package dev.berth.testkit.upstream;

import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Another server, on real HTTPS at 127.0.0.1 with a certificate of its own.
 *
 * <pre>{@code
 * try (FakeUpstream upstream = FakeUpstream.start(vertx)) {
 *     upstream.serve("/file", bytes);                         // any file; Range, If-Range, ETag, HEAD as they should be
 *     FakeLxd lxd = upstream.lxd();                           // an LXD server: lxd.add(unified), lxd.alias("a", image)
 *     FakeStreams streams = upstream.streams();               // a simplestreams tree: streams.add(…), streams.publish()
 *     upstream.direct("/image", tarball);                     // a page for `lxc image import https://…`
 *     upstream.misbehave("/file", 1, Behaviours.cutAt(1000)); // the next request only; then right again
 *     upstream.latency(Duration.ofMillis(100));
 *     upstream.url();                                         // https://127.0.0.1:PORT
 *     upstream.certificate().certificate();                   // PEM, to pin or to trust
 *     upstream.requests("/file"); upstream.bytes("/file");    // counted by path, without query
 *     upstream.asked();                                       // every request, in order
 * }
 * }</pre>
 *
 * <p>Whoever fetches from it must be allowed 127.0.0.1 and trust the certificate. Any thread.
 */
public final class FakeUpstream implements AutoCloseable {
    private final Vertx vertx;
    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final Map<String, Planned> planned = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> bytes = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Duration latency = Duration.ZERO;
    private TestCertificate certificate;
    private HttpServer server;

    private FakeUpstream(Vertx vertx, TestCertificate certificate) {
        this.vertx = vertx;
        this.certificate = certificate;
    }

    /** Starts on any free port. */
    public static FakeUpstream start(Vertx vertx) {
        return start(vertx, TestCertificate.loopback());
    }

    /** Starts on any free port with this certificate. */
    public static FakeUpstream start(Vertx vertx, TestCertificate certificate) {
        FakeUpstream upstream = new FakeUpstream(vertx, certificate);
        upstream.listen(0);
        return upstream;
    }

    /** Base URL without a slash at its end. */
    public String url() {
        return "https://127.0.0.1:" + port();
    }

    public int port() {
        return server.actualPort();
    }

    public TestCertificate certificate() {
        return certificate;
    }

    /** Offers {@code bytes} at {@code path} with a strong entity tag; replaces what was there. */
    public FakeUpstream serve(String path, byte[] bytes) {
        return serve(path, bytes, Map.of());
    }

    /** The same with more headers. */
    public FakeUpstream serve(String path, byte[] bytes, Map<String, String> headers) {
        String etag = "\"" + Integer.toHexString(Arrays.hashCode(bytes)) + "\"";
        contents.put(path, new Content(bytes, etag, headers));
        return this;
    }

    public FakeUpstream serve(String path, String text) {
        return serve(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives the file at {@code path} another entity tag, or none when {@code etag} is empty. */
    public FakeUpstream retag(String path, String etag) {
        contents.computeIfPresent(path, (same, old) -> new Content(old.bytes(), etag, old.headers()));
        return this;
    }

    /** Takes {@code path} away. */
    public FakeUpstream remove(String path) {
        contents.remove(path);
        return this;
    }

    /** Offers {@code tarball} for direct import at {@code path}, with the headers of both families (formats 4). */
    public FakeUpstream direct(String path, byte[] tarball) {
        String hash = ImageFixtures.fingerprint(tarball);
        String file = path + ".tarball";
        serve(file, tarball);
        return serve(path, new byte[0], Map.of(
                "LXD-Image-Hash", hash, "LXD-Image-URL", url() + file,
                "Incus-Image-Hash", hash, "Incus-Image-URL", url() + file));
    }

    /** An LXD server here. */
    public FakeLxd lxd() {
        return new FakeLxd(this);
    }

    /** A simplestreams tree here. */
    public FakeStreams streams() {
        return new FakeStreams(this);
    }

    /** Answers the next {@code times} requests for {@code path} otherwise. */
    public FakeUpstream misbehave(String path, int times, Behaviour behaviour) {
        planned.put(path, new Planned(new AtomicInteger(times), behaviour));
        return this;
    }

    /** Answers all requests for {@code path} otherwise, from now on. */
    public FakeUpstream misbehave(String path, Behaviour behaviour) {
        return misbehave(path, Integer.MAX_VALUE, behaviour);
    }

    /** Every answer waits this long. */
    public FakeUpstream latency(Duration time) {
        latency = time;
        return this;
    }

    /** Goes away: connections are refused until {@link #comeBack}. */
    public FakeUpstream goAway() {
        Expect.soon(server.close());
        return this;
    }

    /** Listens again on the same port. */
    public FakeUpstream comeBack() {
        listen(port());
        return this;
    }

    /** Comes back on the same port with another certificate. */
    public FakeUpstream comeBack(TestCertificate other) {
        certificate = other;
        return comeBack();
    }

    /** Requests for {@code path} so far, whatever their query. */
    public long requests(String path) {
        return asked.stream().filter(one -> one.path().equals(path)).count();
    }

    /** Body bytes sent for {@code path} so far. */
    public long bytes(String path) {
        AtomicLong sent = bytes.get(path);
        return sent == null ? 0 : sent.get();
    }

    /** Every request so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Connections so far. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        Expect.soon(server.close());
    }

    private void listen(int port) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setSsl(true)
                .setUseAlpn(false)
                .setClientAuth(ClientAuth.REQUEST)
                .setTrustOptions(TrustOptions.wrap(new AnyClient()))
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(certificate.certificate()))
                        .addKeyValue(Buffer.buffer(certificate.key())));
        server = vertx.createHttpServer(options)
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(this::answer);
        Expect.soon(server.listen());
    }

    private void answer(HttpServerRequest request) {
        asked.add(asked(request));
        if (latency.isZero()) {
            answerNow(request);
        } else {
            vertx.setTimer(latency.toMillis(), late -> answerNow(request));
        }
    }

    private static Asked asked(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(headers::put);
        return new Asked(
                request.method().name(), request.path(), request.query() == null ? "" : request.query(), headers,
                Introduction.of(request));
    }

    private void answerNow(HttpServerRequest request) {
        String path = request.path();
        AtomicLong counter = bytes.computeIfAbsent(path, first -> new AtomicLong());
        Exchange exchange = new Exchange(request, contents.get(path), counter::addAndGet);
        Planned plan = planned.get(path);
        if (plan != null && plan.left().getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            plan.behaviour().answer(exchange);
        } else {
            exchange.send();
        }
    }

    private record Planned(AtomicInteger left, Behaviour behaviour) {}
}
