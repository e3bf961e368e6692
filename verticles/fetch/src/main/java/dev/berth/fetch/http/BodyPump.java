package dev.berth.fetch.http;

import dev.berth.fetch.guard.Location;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/**
 * Moves one body into a sink at the pace of the slower one, and gives up when the server says nothing for too long. Must be
 * made as soon as the head is there, because a response tells only once that it broke.
 */
final class BodyPump {
    private static final int LOOKS_PER_STALL = 4;
    private static final int DRAINED_MILLIS = 100;

    private final Vertx vertx;
    private final HttpClientResponse response;
    private final Location location;
    private final Upstream upstream;
    private final Pace pace;
    private final HttpLimits limits;
    private final FetchMeters meters;
    private final Promise<Void> done = Promise.promise();
    private Sink sink;
    private long received;
    private long lastHeard = System.nanoTime();
    private boolean paused = true;
    private String breakage;

    /** @param pace of the source, beside that of the server */
    BodyPump(
            Vertx vertx,
            HttpClientResponse response,
            Location location,
            Upstream upstream,
            Pace pace,
            HttpLimits limits,
            FetchMeters meters) {
        this.vertx = vertx;
        this.response = response;
        this.location = location;
        this.upstream = upstream;
        this.pace = pace;
        this.limits = limits;
        this.meters = meters;
        response.exceptionHandler(this::broken).endHandler(end -> done.tryComplete()).handler(this::take);
        done.future().onFailure(cause -> cut());
    }

    Future<Void> into(Sink target) {
        if (done.future().isComplete()) {
            return done.future();
        }
        sink = target;
        long watch = vertx.setPeriodic(Math.max(1, limits.stall().toMillis() / LOOKS_PER_STALL), id -> watch());
        resume();
        return done.future().onComplete(ended -> vertx.cancelTimer(watch));
    }

    void abort(FetchFailure reason) {
        done.tryFail(reason);
    }

    /** At once: until whoever asked has tidied up, a fast server would send tens of megabytes that nobody wants. */
    private void cut() {
        response.request().reset();
    }

    private void take(Buffer bytes) {
        if (done.future().isComplete()) {
            return;
        }
        lastHeard = System.nanoTime();
        received += bytes.length();
        meters.received(bytes.length());
        try {
            sink.take(bytes);
            pauseWhenNeeded(Math.max(upstream.pause(bytes.length()), pace.pause(bytes.length())));
        } catch (RuntimeException e) {
            done.tryFail(e);
        }
    }

    private void pauseWhenNeeded(long millis) {
        if (millis > 0) {
            pause();
            vertx.setTimer(millis, late -> goOn());
        } else if (sink.isFull()) {
            pause();
            sink.whenFree(this::goOn);
        }
    }

    private void pause() {
        paused = true;
        response.pause();
    }

    private void goOn() {
        if (sink.isFull()) {
            sink.whenFree(this::goOn);
        } else {
            resume();
        }
    }

    private void resume() {
        paused = false;
        lastHeard = System.nanoTime();
        response.resume();
        failWhenDrained();
    }

    private void watch() {
        if (!paused && System.nanoTime() - lastHeard > limits.stall().toNanos()) {
            done.tryFail(FetchFailure.passing(location + " stalled: nothing came for " + limits.stall().toMillis()
                    + " ms after " + received + " bytes"));
        }
    }

    private void broken(Throwable cause) {
        breakage = String.valueOf(cause.getMessage());
        failWhenDrained();
    }

    /**
     * What came before the connection broke may still wait for a slow sink, in queues that tell nobody when they are empty and
     * that may need turns of two event loops. So it is over when nothing more came for a while.
     */
    private void failWhenDrained() {
        if (breakage != null && !paused) {
            long before = received;
            vertx.setTimer(DRAINED_MILLIS, late -> failUnlessMoreThan(before));
        }
    }

    private void failUnlessMoreThan(long before) {
        if (received > before) {
            failWhenDrained();
        } else if (!paused) {
            done.tryFail(
                    FetchFailure.passing(location + " broke off after " + received + " bytes: " + breakage));
        }
    }
}
