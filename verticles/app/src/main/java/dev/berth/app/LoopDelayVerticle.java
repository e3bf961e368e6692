package dev.berth.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * {@code berth.eventloop.delay} timer: how late an event loop runs its timers. There are more loops than instances of any
 * other verticle, and each of those may sit on another, so all are watched.
 */
final class LoopDelayVerticle extends VerticleBase {
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Timer delay;
    private final Duration period;
    private long expected;

    private LoopDelayVerticle(MeterRegistry registry, Duration period) {
        this.delay = registry.timer("berth.eventloop.delay");
        this.period = period;
    }

    /** Deploys one on each of {@code loops} event loops, which are given out in turn: before anything else is deployed. */
    static Future<String> onEach(int loops, Vertx vertx, MeterRegistry registry) {
        return onEach(loops, vertx, registry, PERIOD);
    }

    static Future<String> onEach(int loops, Vertx vertx, MeterRegistry registry, Duration period) {
        return vertx.deployVerticle(
                () -> new LoopDelayVerticle(registry, period), new DeploymentOptions().setInstances(loops));
    }

    @Override
    public Future<?> start() {
        expect();
        return Future.succeededFuture();
    }

    private void expect() {
        expected = System.nanoTime() + period.toNanos();
        vertx.setTimer(period.toMillis(), tick -> {
            delay.record(Math.max(0, System.nanoTime() - expected), TimeUnit.NANOSECONDS);
            expect();
        });
    }
}
