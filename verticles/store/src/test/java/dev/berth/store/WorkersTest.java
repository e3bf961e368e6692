package dev.berth.store;

import static dev.berth.testkit.Expect.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final Duration LONG_ENOUGH = Duration.ofMillis(200);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        soon(vertx.close());
    }

    /** On a busy machine the work may be done between two lines of the caller. */
    @Test
    void steps_run_in_the_order_they_were_added_even_when_the_work_is_done_between() {
        Workers workers = new Workers(vertx);
        List<String> order = new ArrayList<>();
        Promise<Void> both = Promise.promise();

        vertx.runOnContext(start -> {
            Future<Integer> work = workers.files(() -> 1).onSuccess(done -> order.add("first"));
            waitForIt(work);
            work.onSuccess(done -> order.add("second")).onComplete(done -> both.complete());
        });

        soon(both.future());
        assertThat(order).containsExactly("first", "second");
    }

    private static void waitForIt(Future<?> work) {
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        while (!work.isComplete() && System.nanoTime() < end) {
            LockSupport.parkNanos(100_000);
        }
    }
}
