package dev.berth.serve.edge;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Bodies that are read as a whole: documents, never images. They are bounded, and have 30 s to come. */
public final class WholeBody {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private WholeBody() {}

    /**
     * Reads a paused request to its end. Refused: INVALID when it is longer or slower.
     *
     * @param first what was taken of it already; it is added to
     */
    public static Future<Buffer> of(HttpServerRequest request, Buffer first, int mostBytes) {
        return of(request, first, mostBytes, LONGEST);
    }

    static Future<Buffer> of(HttpServerRequest request, Buffer collected, int mostBytes, Duration longest) {
        Promise<Buffer> whole = Promise.promise();
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> whole.tryComplete(collected));
        request.handler(bytes -> {
            if (collected.length() + bytes.length() > mostBytes) {
                whole.tryFail(invalid("the body has at most " + mostBytes + " bytes, got more"));
            } else {
                collected.appendBuffer(bytes);
            }
        });
        request.resume();
        return whole.future()
                .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> Future.failedFuture(cause instanceof TimeoutException
                        ? invalid("expected the whole body within " + longest.toSeconds() + " s, got "
                                + collected.length() + " bytes of it; send it faster")
                        : cause));
    }

    private static RefusedException invalid(String text) {
        return new RefusedException(Refused.invalid(text));
    }
}
