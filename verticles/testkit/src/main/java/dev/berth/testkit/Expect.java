package dev.berth.testkit;

import dev.berth.contract.Answer;
import dev.berth.contract.Refused;
import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a test expects of futures and answers; anything else fails it, saying what came instead. */
public final class Expect {
    private static final int PATIENCE_SECONDS = 10;

    private Expect() {}

    /** The result, which must come within 10 s; its failure is thrown as the cause of a {@link CompletionException}. */
    public static <T> T soon(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("expected a result within " + PATIENCE_SECONDS + " s, got none", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a result", e);
        }
    }

    /** What was asked for. */
    public static <T> T yes(Answer<T> answer) {
        return answer.fold(value -> value, refused -> {
            throw new AssertionError("expected a yes, got " + refused);
        });
    }

    /** Why it was refused. */
    public static Refused no(Answer<?> answer) {
        return answer.fold(
                value -> {
                    throw new AssertionError("expected a refusal, got " + value);
                },
                refused -> refused);
    }
}
