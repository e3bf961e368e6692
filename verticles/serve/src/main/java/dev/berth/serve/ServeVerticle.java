package dev.berth.serve;

import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.Streams;
import dev.berth.serve.edge.Edge;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Face;
import dev.berth.serve.edge.ServeConf;
import dev.berth.serve.edge.ServerIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Puts the faces on the listeners. Deploy several instances: they share the listeners. */
public final class ServeVerticle extends VerticleBase {
    private final ServeConf conf;
    private final ServerIdentity identity;
    private final List<Supplier<Face>> faces;
    private final MeterRegistry registry;
    private Edge edge;

    /** @param faces one face each per instance */
    public ServeVerticle(
            ServeConf conf, ServerIdentity identity, List<Supplier<Face>> faces, MeterRegistry registry) {
        this.conf = conf;
        this.identity = identity;
        this.faces = List.copyOf(faces);
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        edge = new Edge(tools());
        return edge.open(faces.stream().map(Supplier::get).toList());
    }

    /** The port HTTPS listens on, once started. */
    public int port() {
        return edge.port();
    }

    @Override
    public Future<?> stop() {
        return edge.close();
    }

    private EdgeTools tools() {
        Streams streams = new Streams(vertx, StreamLimits.DEFAULT, new StreamMeters(registry));
        return new EdgeTools(vertx, new Bus(vertx), streams, identity, conf, registry, Clock.systemUTC());
    }
}
