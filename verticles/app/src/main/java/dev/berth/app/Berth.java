package dev.berth.app;

import dev.berth.app.conf.BerthConf;
import dev.berth.catalog.CatalogVerticle;
import dev.berth.contract.StoreContract;
import dev.berth.expire.ExpireVerticle;
import dev.berth.fetch.FetchVerticle;
import dev.berth.fetch.http.OwnCertificate;
import dev.berth.hash.HashVerticle;
import dev.berth.intake.IntakeVerticle;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.disk.LocalDisk;
import dev.berth.kit.health.Readiness;
import dev.berth.kit.openpgp.KeyOnDemand;
import dev.berth.kit.sql.Sql;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.Streams;
import dev.berth.mirror.Exposure;
import dev.berth.mirror.MirrorVerticle;
import dev.berth.operations.OperationsVerticle;
import dev.berth.refresh.RefreshVerticle;
import dev.berth.serve.ServeVerticle;
import dev.berth.serve.berth.BerthFace;
import dev.berth.serve.direct.DirectFace;
import dev.berth.serve.download.Conversions;
import dev.berth.serve.download.DownloadFace;
import dev.berth.serve.edge.Face;
import dev.berth.serve.edge.ServeConf;
import dev.berth.serve.edge.ServerIdentity;
import dev.berth.serve.lxd.LxdFace;
import dev.berth.serve.lxd.LxdPart;
import dev.berth.serve.lxd.images.LxdImages;
import dev.berth.serve.lxd.server.ServerPart;
import dev.berth.serve.mirror.MirrorFace;
import dev.berth.serve.signing.SignedStreams;
import dev.berth.serve.streams.Publication;
import dev.berth.serve.streams.SignedTwins;
import dev.berth.serve.streams.StreamsFace;
import dev.berth.store.StoreVerticle;
import dev.berth.trust.TrustVerticle;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * One running service: every part made here, by hand, in the order in which they need each other.
 *
 * <p>{@link #start} completes when clients can connect; {@link #stop} when nothing is left running. Both from any
 * thread, once each; stopping what never started, or only half, is fine.
 */
public final class Berth {
    private static final DeploymentOptions ON_EACH_CORE =
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());

    private final BerthConf conf;
    private final Clock clock = Clock.systemUTC();
    private final Readiness readiness = new Readiness();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Endings endings = new Endings();
    private ServeConf serve;
    private ServerIdentity identity;
    private KeyOnDemand key;
    private Vertx vertx;
    private Streams streams;
    private Sql sql;
    private Conversions conversions;

    public Berth(BerthConf conf) {
        this.conf = conf;
    }

    public Future<Void> start() {
        return now(this::takeDirectory)
                .compose(taken -> now(this::prepare))
                .compose(prepared -> Future.all(readIdentity(), openDatabase()))
                .compose(opened -> deployFeatures())
                .onSuccess(deployed -> addChecks())
                .compose(deployed -> startConversions())
                .compose(started -> openDoors());
    }

    /** What began last ends first: clients are let go, then the features stop, then the database and the directory. */
    public Future<Void> stop() {
        return endings.all();
    }

    /** What {@code serve} prints when clients can connect. */
    public String readyLine() {
        return "berth is ready: https://" + serve.listen() + "  data " + conf.data() + "  fingerprint "
                + identity.certificateFingerprint();
    }

    private Void takeDirectory() throws Exception {
        DataLock lock = DataLock.take(conf.data());
        endings.add(() -> now(lock::release));
        return null;
    }

    private Void prepare() throws Exception {
        serve = Ports.concrete(conf.serve());
        key = new KeyOnDemand(serve.keysFolder(), clock);
        JvmMeters.bindTo(registry);
        vertx = Machinery.vertx(registry);
        endings.add(vertx::close);
        Bus.prepare(vertx);
        streams = new Streams(vertx, conf.streams(), new StreamMeters(registry));
        return null;
    }

    private Future<ServerIdentity> readIdentity() {
        return vertx.executeBlocking(() -> ServerIdentity.loadOrCreate(serve)).map(read -> identity = read);
    }

    private Future<Sql> openDatabase() {
        return Sql.open(vertx, conf.data().resolve("berth.db")).map(opened -> {
            sql = opened;
            endings.add(sql::close);
            return sql;
        });
    }

    /**
     * Who watches the loops first: they are given out in turn. Then operations: trust shows its waiting tokens there. The
     * others ask nobody while they start, so all start at once. Who looks after images looks at them at once, so comes last.
     */
    private Future<Void> deployFeatures() {
        return deployed(LoopDelayVerticle.onEach(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE, vertx, registry))
                .compose(watched -> deploy(new OperationsVerticle(conf.operations(), clock, registry)))
                .compose(done -> deployOthers())
                .compose(done -> deployCaretakers());
    }

    private Future<Void> deployOthers() {
        return Future.join(List.of(
                        deploy(new HashVerticle(streams, registry)),
                        deploy(new StoreVerticle(new LocalDisk(), conf.store(), streams, clock, registry)),
                        deploy(new CatalogVerticle(sql, clock, registry)),
                        deploy(new TrustVerticle(sql, conf.trust(), clock)),
                        deploy(new FetchVerticle(streams, conf.fetch(), own(), clock, registry)),
                        deploy(new IntakeVerticle(streams, conf.intake(), clock, registry))))
                .mapEmpty();
    }

    /** Other servers know us by the certificate that our clients know us by. */
    private OwnCertificate own() {
        return new OwnCertificate(identity.privateKey(), identity.chain());
    }

    private Future<Void> deployCaretakers() {
        return Future.join(
                        deploy(new ExpireVerticle(conf.expire(), clock, registry)),
                        deploy(new RefreshVerticle(sql, conf.refresh(), clock, registry)),
                        deploy(new MirrorVerticle(conf.mirror(), clock, registry)))
                .mapEmpty();
    }

    /** Ready means more than listening: the catalog can be read and the disk of the blobs answers. */
    private void addChecks() {
        Bus bus = new Bus(vertx);
        readiness.add("catalog", () -> sql.read(connection -> connection.isValid(1)));
        readiness.add("store", () -> bus.ask(StoreContract.SURVEY, new StoreContract.Survey()));
    }

    private Future<Void> startConversions() {
        conversions = new Conversions(
                vertx, conf.download(), conf.intake().limits(), new LocalDisk(), clock, registry);
        endings.add(conversions::close);
        return conversions.start();
    }

    /** Last, because whoever connects is answered at once; first to go, because it waits for running answers. */
    private Future<Void> openDoors() {
        List<LxdPart> parts = List.of(new LxdImages(clock), new ServerPart());
        Publication publication = new Publication(new SignedTwins(key));
        SignedStreams signed = new SignedStreams(key);
        List<Supplier<Face>> faces = List.of(
                () -> new LxdFace(parts), () -> new BerthFace(key),
                () -> new StreamsFace(publication), DirectFace::new,
                () -> new DownloadFace(conversions, key, conf.mirror().exposed(Exposure.LXC)),
                () -> new MirrorFace(signed));
        Supplier<ServeVerticle> door =
                () -> new ServeVerticle(serve, identity, faces, streams, readiness, clock, registry);
        return deployed(vertx.deployVerticle(door, ON_EACH_CORE));
    }

    private Future<Void> deploy(Deployable feature) {
        return deployed(vertx.deployVerticle(feature));
    }

    private Future<Void> deployed(Future<String> deployment) {
        return deployment
                .onSuccess(id -> endings.add(() -> vertx.undeploy(id)))
                .mapEmpty();
    }

    private static <T> Future<T> now(Callable<T> work) {
        try {
            return Future.succeededFuture(work.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }
}
