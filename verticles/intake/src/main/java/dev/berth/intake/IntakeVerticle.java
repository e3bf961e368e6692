package dev.berth.intake;

import dev.berth.contract.Answer;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;

/** Answers {@link IntakeContract}: every arrival gets a conductor of its own. */
public final class IntakeVerticle extends VerticleBase {
    private final Streams streams;
    private final IntakeConf conf;
    private final Clock clock;
    private final IntakeMeters meters;
    private Bus bus;
    private Inspectors inspectors;

    public IntakeVerticle(Streams streams, IntakeConf conf, Clock clock, MeterRegistry registry) {
        this.streams = streams;
        this.conf = conf;
        this.clock = clock;
        this.meters = new IntakeMeters(registry);
    }

    @Override
    public Future<?> start() {
        bus = new Bus(vertx);
        inspectors = new Inspectors(vertx, conf, meters);
        return bus.answer(IntakeContract.ARRIVE, this::arrive);
    }

    @Override
    public Future<?> stop() {
        return inspectors.close();
    }

    private Future<Answer<Arrival>> arrive(Arrive request) {
        return new Conductor(bus, streams, inspectors, clock, meters, request).conduct();
    }
}
