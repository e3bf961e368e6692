package dev.berth.serve;

import dev.berth.kit.bus.Bus;
import dev.berth.kit.health.Readiness;
import dev.berth.kit.stream.Streams;
import dev.berth.serve.edge.Edge;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Face;
import dev.berth.serve.edge.ServeConf;
import dev.berth.serve.edge.ServerIdentity;
import dev.berth.serve.pump.Pumps;
import dev.berth.serve.ops.Management;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * Puts the faces on the listeners. Deploy several instances: they share the listeners, and each has faces of its own.
 * Stopping waits for running answers, as long as the limits say.
 */
public final class ServeVerticle extends VerticleBase {
    private final ServeConf conf;
    private final ServerIdentity identity;
    private final List<Supplier<Face>> faces;
    private final Streams streams;
    private final Readiness readiness;
    private final Clock clock;
    private final MeterRegistry registry;
    private Edge edge;
    private Management management;

    /**
     * @param faces one face each per instance
     * @param streams of this process
     * @param readiness checks that {@code /health/ready} shows
     */
    public ServeVerticle(
            ServeConf conf,
            ServerIdentity identity,
            List<Supplier<Face>> faces,
            Streams streams,
            Readiness readiness,
            Clock clock,
            MeterRegistry registry) {
        this.conf = conf;
        this.identity = identity;
        this.faces = List.copyOf(faces);
        this.streams = streams;
        this.readiness = readiness;
        this.clock = clock;
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        management = new Management(vertx, registry, readiness);
        edge = new Edge(tools());
        return openManagement().compose(watched -> edge.open(faces.stream().map(Supplier::get).toList()));
    }

    @Override
    public Future<?> stop() {
        return edge.close().eventually(management::close);
    }

    /** The port HTTPS listens on, once started. */
    public int port() {
        return edge.port();
    }

    /** The port of the management listener, once started with one. */
    public int managementPort() {
        return management.port();
    }

    private Future<Void> openManagement() {
        return conf.management() == null ? Future.succeededFuture() : management.listen(conf.management());
    }

    private EdgeTools tools() {
        Bus bus = new Bus(vertx);
        return new EdgeTools(vertx, bus, streams, new Pumps(vertx, bus, registry), identity, conf, registry, clock);
    }
}
