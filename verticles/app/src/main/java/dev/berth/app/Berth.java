package dev.berth.app;

import dev.berth.app.cli.Failure;
import dev.berth.app.conf.BerthConf;
import dev.berth.hash.HashVerticle;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.sql.Sql;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.Streams;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * One running service: every part made here, by hand, in the order in which they need each other.
 *
 * <p>{@link #start} completes when clients can connect; {@link #stop} when nothing is left running. Both from any
 * thread, once each; stopping what never started is fine.
 */
public final class Berth {
    private final BerthConf conf;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private DataLock lock;
    private Vertx vertx;
    private Streams streams;
    private Sql sql;

    public Berth(BerthConf conf) {
        this.conf = conf;
    }

    public Future<Void> start() {
        try {
            lock = DataLock.take(conf.data());
        } catch (Failure e) {
            return Future.failedFuture(e);
        }
        vertx = Machinery.vertx(registry);
        Bus.prepare(vertx);
        streams = new Streams(vertx, conf.streams(), new StreamMeters(registry));
        return openDatabase()
                .compose(open -> deploy(() -> new HashVerticle(streams, registry)))
                .mapEmpty();
    }

    public Future<Void> stop() {
        return (vertx == null ? Future.<Void>succeededFuture() : vertx.close())
                .eventually(() -> sql == null ? Future.succeededFuture() : sql.close())
                .eventually(this::unlock);
    }

    /** What {@code serve} prints when clients can connect. */
    public String readyLine() {
        return "berth is ready: https://" + conf.serve().listen() + "  data " + conf.data();
    }

    private Future<Void> openDatabase() {
        return Sql.open(vertx, conf.data().resolve("berth.db")).map(opened -> {
            sql = opened;
            return null;
        });
    }

    private Future<String> deploy(Supplier<? extends Deployable> verticle) {
        return vertx.deployVerticle(verticle.get());
    }

    private Future<Void> unlock() {
        try {
            if (lock != null) {
                lock.close();
            }
            return Future.succeededFuture();
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }
}
