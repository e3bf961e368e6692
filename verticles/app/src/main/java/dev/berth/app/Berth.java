package dev.berth.app;

import dev.berth.app.conf.BerthConf;
import dev.berth.catalog.CatalogVerticle;
import dev.berth.hash.HashVerticle;
import dev.berth.intake.IntakeVerticle;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.disk.LocalDisk;
import dev.berth.kit.sql.Sql;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.Streams;
import dev.berth.operations.OperationsVerticle;
import dev.berth.serve.edge.ServeConf;
import dev.berth.store.StoreVerticle;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.Callable;

/**
 * One running service: every part made here, by hand, in the order in which they need each other.
 *
 * <p>{@link #start} completes when clients can connect; {@link #stop} when nothing is left running. Both from any
 * thread, once each; stopping what never started is fine.
 */
public final class Berth {
    private final BerthConf conf;
    private final Clock clock = Clock.systemUTC();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private DataLock lock;
    private ServeConf serve;
    private Vertx vertx;
    private Streams streams;
    private Sql sql;

    public Berth(BerthConf conf) {
        this.conf = conf;
    }

    public Future<Void> start() {
        return now(this::prepare)
                .compose(prepared -> openDatabase())
                .compose(opened -> deployFeatures());
    }

    /** Clients are let go first, then the features, then the database; the directory is free for others at last. */
    public Future<Void> stop() {
        return (vertx == null ? Future.<Void>succeededFuture() : vertx.close())
                .eventually(() -> now(this::unlock));
    }

    /** What {@code serve} prints when clients can connect. */
    public String readyLine() {
        return "berth is ready: https://" + serve.listen() + "  data " + conf.data();
    }

    private Void prepare() throws Exception {
        lock = DataLock.take(conf.data());
        serve = Ports.concrete(conf.serve());
        vertx = Machinery.vertx(registry);
        Bus.prepare(vertx);
        streams = new Streams(vertx, conf.streams(), new StreamMeters(registry));
        return null;
    }

    private Future<Void> openDatabase() {
        return Sql.open(vertx, conf.data().resolve("berth.db")).map(opened -> {
            sql = opened;
            return null;
        });
    }

    /** They meet on the bus only, so those that ask nobody while they start can start at once. */
    private Future<Void> deployFeatures() {
        return Future.all(
                        deploy(new HashVerticle(streams, registry)),
                        deploy(new StoreVerticle(new LocalDisk(), conf.store(), streams, clock, registry)),
                        deploy(new CatalogVerticle(sql, clock, registry)),
                        deploy(new OperationsVerticle(conf.operations(), clock, registry)),
                        deploy(new IntakeVerticle(streams, conf.intake(), clock, registry)))
                .mapEmpty();
    }

    private Future<String> deploy(Deployable verticle) {
        return vertx.deployVerticle(verticle);
    }

    private Void unlock() throws Exception {
        if (lock != null) {
            lock.close();
        }
        return null;
    }

    private static <T> Future<T> now(Callable<T> work) {
        try {
            return Future.succeededFuture(work.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }
}
