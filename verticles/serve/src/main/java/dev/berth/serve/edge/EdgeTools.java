package dev.berth.serve.edge;

import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.Streams;
import dev.berth.serve.pump.Pumps;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;

/** What a face works with. */
public record EdgeTools(
        Vertx vertx,
        Bus bus,
        Streams streams,
        Pumps pumps,
        ServerIdentity identity,
        ServeConf conf,
        MeterRegistry registry,
        Clock clock) {}
