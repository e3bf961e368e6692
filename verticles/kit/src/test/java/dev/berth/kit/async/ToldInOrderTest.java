package dev.berth.kit.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ToldInOrderTest {
    private final Vertx vertx = Vertx.vertx();
    private final WorkerExecutor workers = vertx.createSharedWorkerExecutor("told", 1);

    @AfterEach
    void close() throws Exception {
        soon(vertx.close());
    }

    @Test
    void one_whose_work_ends_before_it_looks_does_not_overtake_one_that_waits_to_be_told() throws Exception {
        List<String> told = new ArrayList<>();
        Promise<Void> both = Promise.promise();
        Context context = vertx.getOrCreateContext();

        context.runOnContext(turn -> {
            CountDownLatch ended = new CountDownLatch(1);
            ToldInOrder.run(vertx, workers, () -> "first").onSuccess(told::add);
            workers.executeBlocking(() -> {
                ended.countDown();
                return null;
            });
            wait(ended);
            ToldInOrder.run(vertx, new AtOnce(), () -> "second").onSuccess(told::add).onSuccess(last -> both.complete());
        });

        soon(both.future());
        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void the_caller_is_told_on_its_own_context() throws Exception {
        Context context = vertx.getOrCreateContext();
        Promise<Context> seen = Promise.promise();

        context.runOnContext(turn -> ToldInOrder.run(vertx, workers, () -> 1).onSuccess(done -> seen.complete(Vertx.currentContext())));

        assertThat(soon(seen.future())).isSameAs(context);
    }

    @Test
    void work_that_fails_and_workers_that_are_gone_are_told() throws Exception {
        Future<Object> broken = ToldInOrder.run(vertx, workers, () -> {
            throw new IOException("the disk is gone");
        });
        assertThatThrownBy(() -> soon(broken)).isInstanceOf(ExecutionException.class).hasRootCauseMessage("the disk is gone");

        soon(workers.close());
        assertThatThrownBy(() -> soon(ToldInOrder.run(vertx, workers, () -> 1))).isInstanceOf(ExecutionException.class);
    }

    /** A worker so quick that it is done before its caller has looked. */
    private static final class AtOnce implements WorkerExecutor {
        @Override
        public <T> Future<T> executeBlocking(Callable<T> work, boolean ordered) {
            try {
                return Future.succeededFuture(work.call());
            } catch (Exception e) {
                return Future.failedFuture(e);
            }
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    private static void wait(CountDownLatch ended) {
        try {
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T soon(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
