package dev.berth.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures how late an event loop is, as {@code berth.event.loop.delay}: a timer that should fire every half second
 * tells how much later it did. Deploy one per event loop.
 */
final class LoopDelay extends VerticleBase {
    private static final long EVERY_MILLIS = 500;

    private final Timer delay;
    private long expected;

    LoopDelay(MeterRegistry registry) {
        this.delay = Timer.builder("berth.event.loop.delay")
                .description("How much later than asked for an event loop ran a timer")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    @Override
    public Future<?> start() {
        expected = next(System.nanoTime());
        vertx.setPeriodic(EVERY_MILLIS, id -> measure(System.nanoTime()));
        return Future.succeededFuture();
    }

    private void measure(long now) {
        delay.record(Math.max(0, now - expected), TimeUnit.NANOSECONDS);
        expected = next(now);
    }

    private static long next(long now) {
        return now + Duration.ofMillis(EVERY_MILLIS).toNanos();
    }
}
