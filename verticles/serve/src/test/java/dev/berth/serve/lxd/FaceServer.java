package dev.berth.serve.lxd;

import dev.berth.contract.Refused;
import dev.berth.image.Caller;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.Streams;
import dev.berth.lxd.Envelope;
import dev.berth.serve.TestCertificate;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Endpoint;
import dev.berth.serve.edge.Face;
import dev.berth.serve.edge.JsonReply;
import dev.berth.serve.edge.ServeConf;
import dev.berth.serve.edge.ServerIdentity;
import dev.berth.serve.pump.Pumps;
import dev.berth.serve.edge.StatusOf;
import dev.berth.serve.edge.TestCallers;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A face on a plain listener, behind a stand-in for the edge: who is asking is said by a header. What is behind the
 * bus is the test's to answer.
 */
public final class FaceServer implements AutoCloseable {
    static final String WHO = "X-Test-Visitor";

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus;
    private final TestCertificate certificate = TestCertificate.named("berth");
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Visitor> visitors = new ConcurrentHashMap<>();
    private HttpServer server;

    private FaceServer() {
        Bus.prepare(vertx);
        this.bus = new Bus(vertx);
    }

    /** Starts with the given parts; the bus has nobody behind it yet. */
    public static FaceServer with(LxdPart... parts) {
        return with(new LxdFace(List.of(parts)));
    }

    /** Starts with a face of another kind. */
    public static FaceServer with(Face face) {
        FaceServer server = new FaceServer();
        server.listen(face);
        return server;
    }

    /** What answers behind the bus. */
    public Bus bus() {
        return bus;
    }

    public Vertx vertx() {
        return vertx;
    }

    /** The server's own certificate. */
    public TestCertificate certificate() {
        return certificate;
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    public int port() {
        return server.actualPort();
    }

    /** Full trust. */
    public Visitor admin() {
        return visitor(new Caller(Caller.Standing.ADMIN, "ad".repeat(32), "tls", "127.0.0.1:1", Set.of()));
    }

    /** A certificate that is limited to some projects. */
    public Visitor restrictedTo(String... projects) {
        return visitor(new Caller(
                Caller.Standing.RESTRICTED, "be".repeat(32), "tls", "127.0.0.1:1", Set.of(projects)));
    }

    /** Somebody whose certificate nobody knows, or who has none. */
    public Visitor stranger() {
        return stranger(null);
    }

    public Visitor stranger(X509Certificate presented) {
        return visitor(Caller.stranger("127.0.0.1:1"), presented);
    }

    public Visitor visitor(Caller caller) {
        return visitor(caller, null);
    }

    private Visitor visitor(Caller caller, X509Certificate presented) {
        Visitor visitor = new Visitor(this, String.valueOf(visitors.size()), caller, presented);
        visitors.put(visitor.id(), visitor);
        return visitor;
    }

    /** Waits for a future, with a bound. */
    public static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("nothing came within 20 s", e);
        }
    }

    /** Returns as soon as {@code condition} holds; fails when it does not within the usual bound. */
    public void eventually(BooleanSupplier condition) {
        Promise<Void> held = Promise.promise();
        long timer = vertx.setPeriodic(10, tick -> {
            if (condition.getAsBoolean()) {
                held.tryComplete();
            }
        });
        await(held.future().onComplete(done -> vertx.cancelTimer(timer)));
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private void listen(Face face) {
        Context context = vertx.getOrCreateContext();
        Promise<HttpServer> listening = Promise.promise();
        context.runOnContext(go -> {
            Router router = Router.router(vertx);
            router.route().handler(this::identify);
            face.mount(router, tools());
            router.route().last().handler(FaceServer::unknown);
            router.route().failureHandler(FaceServer::fail);
            vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(0, "127.0.0.1")
                    .onComplete(listening);
        });
        server = await(listening.future());
    }

    private EdgeTools tools() {
        ServeConf conf = ServeConf.in(Path.of("unused")).withListen(new Endpoint("127.0.0.1", 0));
        ServerIdentity identity = new ServerIdentity(
                certificate.pem(), certificate.fingerprint(), certificate.certificate(), certificate.key(), "berth-test");
        Streams streams = new Streams(vertx, StreamLimits.DEFAULT, new StreamMeters(registry));
        return new EdgeTools(vertx, bus, streams, new Pumps(vertx, bus, registry), identity, conf, registry, Clock.systemUTC());
    }

    private void identify(RoutingContext ctx) {
        Visitor visitor = visitors.get(ctx.request().getHeader(WHO));
        TestCallers.put(ctx, visitor.caller(), visitor.presented());
        ctx.next();
    }

    private static void unknown(RoutingContext ctx) {
        ctx.fail(new RefusedException(Refused.notFound("not found")));
    }

    private static void fail(RoutingContext ctx) {
        int status = ctx.failure() instanceof RefusedException refused
                ? StatusOf.reason(refused.refused().reason())
                : 500;
        JsonReply.of(status, Envelope.error(status, String.valueOf(ctx.failure().getMessage()))).send(ctx);
    }
}
