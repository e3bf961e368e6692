package dev.berth.serve.edge;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.StoreContract;
import dev.berth.contract.TrustContract;
import dev.berth.image.BlobId;
import dev.berth.image.Caller;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.health.Readiness;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.Streams;
import dev.berth.serve.ServeVerticle;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A serve verticle on real sockets, with trust, catalog and store answered by a few lines each. */
final class RunningEdge implements AutoCloseable {
    final Vertx vertx;
    final ServeConf conf;
    final ServerIdentity identity;
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Readiness readiness = new Readiness();
    final Map<String, String> settings = new ConcurrentHashMap<>();
    final Set<String> trusted = ConcurrentHashMap.newKeySet();
    final Map<BlobId, StoreContract.Opened> blobs = new ConcurrentHashMap<>();
    final AtomicInteger identified = new AtomicInteger();
    private final AtomicInteger settingsRead = new AtomicInteger();
    final ServeVerticle verticle;
    private final Path data;
    private String deployment;

    private RunningEdge(Path data, UnaryOperator<ServeConf> change, Face face, VertxOptions options) throws Exception {
        this.data = data;
        this.vertx = Vertx.vertx(options);
        this.conf = change.apply(ServeConf.in(data)
                .withListen(new Endpoint("127.0.0.1", 0))
                .withManagement(new Endpoint("127.0.0.1", 0)));
        this.identity = ServerIdentity.loadOrCreate(conf);
        Streams streams = new Streams(vertx, StreamLimits.DEFAULT, new StreamMeters(registry));
        this.verticle =
                new ServeVerticle(conf, identity, List.of(() -> face), streams, readiness, Clock.systemUTC(), registry);
    }

    static RunningEdge with(Path data, Face face) throws Exception {
        return with(data, conf -> conf, face);
    }

    static RunningEdge with(Path data, UnaryOperator<ServeConf> change, Face face) throws Exception {
        return with(data, change, face, new VertxOptions().setPreferNativeTransport(true));
    }

    static RunningEdge with(Path data, UnaryOperator<ServeConf> change, Face face, VertxOptions options)
            throws Exception {
        RunningEdge edge = new RunningEdge(data, change, face, options);
        edge.start();
        return edge;
    }

    private void start() {
        Bus.prepare(vertx);
        Bus bus = new Bus(vertx);
        await(bus.answer(TrustContract.IDENTIFY, asked -> Future.succeededFuture(identify(asked))));
        await(bus.answer(
                CatalogContract.READ_SETTINGS,
                asked -> {
                    settingsRead.incrementAndGet();
                    return Future.succeededFuture(new CatalogContract.Settings(Map.copyOf(settings), false, ""));
                }));
        await(bus.answer(
                StoreContract.OPEN,
                asked -> Future.succeededFuture(
                        blobs.getOrDefault(asked.blob(), new StoreContract.Missing(asked.blob())))));
        deployment = await(vertx.deployVerticle(verticle));
    }

    private Caller identify(TrustContract.Identify asked) {
        identified.incrementAndGet();
        return trusted.contains(asked.certificate())
                ? new Caller(Caller.Standing.ADMIN, asked.certificate(), "tls", asked.address(), Set.of())
                : Caller.stranger(asked.address());
    }

    /** Changes a setting and waits until the edge heard of it. */
    void set(String key, String value) throws Exception {
        settings.put(key, value);
        int before = settingsRead.get();
        new Bus(vertx).announce(CatalogContract.CHANGED, new CatalogContract.Changed(1));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (settingsRead.get() == before && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        // What the edge was told lies before what is told now.
        await(new Bus(vertx).ask(CatalogContract.READ_SETTINGS, new CatalogContract.ReadSettings()));
    }

    /** Stores a blob as the store would. */
    Segment.Blob blob(byte[] bytes) throws Exception {
        BlobId id = new BlobId(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        Path file = Files.write(data.resolve(id.hex()), bytes);
        blobs.put(id, new StoreContract.Local(file.toString(), bytes.length));
        return new Segment.Blob(id, bytes.length);
    }

    Path fileOf(Segment.Blob blob) {
        return data.resolve(blob.id().hex());
    }

    int port() {
        return verticle.port();
    }

    String url(String path) {
        return "https://127.0.0.1:" + port() + path;
    }

    void stop() {
        await(vertx.undeploy(deployment));
    }

    double counter(String name, String... tags) {
        return registry.counter(name, tags).count();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(40, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("waited in vain: " + e, e);
        }
    }

    @Override
    public void close() throws IOException {
        await(vertx.close());
        registry.close();
    }
}
