package dev.berth.serve.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** {@code berth.eventloop.delay} timer: how late this event loop runs its timers. */
final class LoopDelay {
    private static final long PERIOD_MILLIS = 500;

    private final Vertx vertx;
    private final Timer delay;
    private long timer;
    private long expected;

    LoopDelay(Vertx vertx, MeterRegistry registry) {
        this.vertx = vertx;
        this.delay = registry.timer("berth.eventloop.delay");
    }

    void start() {
        expect();
        timer = vertx.setTimer(PERIOD_MILLIS, tick -> {
            delay.record(Math.max(0, System.nanoTime() - expected), TimeUnit.NANOSECONDS);
            start();
        });
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void expect() {
        expected = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
    }
}
