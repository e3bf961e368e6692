package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Expect;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopDelayVerticleTest {
    private static final int LOOPS = 4;
    private static final long PERIOD = 10;
    private static final long STEP = 80;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));

    @AfterEach
    void close() {
        Expect.soon(vertx.close());
    }

    @Test
    void a_loop_that_is_blocked_shows_whichever_it_is() {
        Expect.soon(LoopDelayVerticle.onEach(LOOPS, vertx, registry, Duration.ofMillis(PERIOD)));
        List<Context> loops = loops();

        for (int i = 0; i < LOOPS; i++) {
            long millis = (i + 1) * STEP;
            Expect.soon(blocked(loops.get(i), millis));
            assertThat(longestMillis()).as("loop " + i).isGreaterThanOrEqualTo(millis - PERIOD - 1);
        }
    }

    /** Each longer than the one before, because the longest is what the timer tells. Done when the loop has looked again. */
    private Future<Void> blocked(Context loop, long millis) {
        Promise<Void> looked = Promise.promise();
        loop.runOnContext(now -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            vertx.setTimer(2 * PERIOD, later -> looked.complete());
        });
        return looked.future();
    }

    private double longestMillis() {
        return registry.get("berth.eventloop.delay").timer().max(TimeUnit.MILLISECONDS);
    }

    private List<Context> loops() {
        List<Context> loops = new CopyOnWriteArrayList<>();
        Expect.soon(vertx.deployVerticle(() -> new Noted(loops), new DeploymentOptions().setInstances(LOOPS)));
        return loops;
    }

    private static final class Noted extends VerticleBase {
        private final List<Context> loops;

        Noted(List<Context> loops) {
            this.loops = loops;
        }

        @Override
        public Future<?> start() {
            loops.add(context);
            return Future.succeededFuture();
        }
    }
}
