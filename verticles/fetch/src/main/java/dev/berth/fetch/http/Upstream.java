package dev.berth.fetch.http;

import dev.berth.kit.async.Permits;
import dev.berth.kit.async.TooManyWaiting;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What we know of one server: how much of it is in use, how fast it may be read, and whether it asked to be left alone.
 * One thread.
 */
final class Upstream {
    private final String origin;
    private final Permits permits;
    private final Pace pace;
    private final LongSupplier nanos;
    private long quietUntil;
    private boolean quiet;
    private boolean probing;

    Upstream(String origin, HttpLimits limits, LongSupplier nanos) {
        this.origin = origin;
        this.permits = new Permits(limits.requests(), limits.waiting());
        this.pace = new Pace(limits.bytesPerSecond(), nanos);
        this.nanos = nanos;
    }

    /** Runs {@code work} within the budget. While the server wants quiet, only one at a time finds out whether it still does. */
    <T> Future<T> within(Supplier<Future<T>> work) {
        return permits.hold(() -> quiet ? probe(work) : work.get())
                .recover(cause -> Future.failedFuture(cause instanceof TooManyWaiting ? crowded(cause) : cause));
    }

    /** How long the server still wants to be left alone; zero when it does not. */
    Duration patience() {
        long left = quiet ? quietUntil - nanos.getAsLong() : 0;
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /** It wants to be left alone. */
    void busy(Duration time) {
        quiet = true;
        quietUntil = nanos.getAsLong() + time.toNanos();
    }

    /** It answered as it should. */
    void well() {
        quiet = false;
    }

    /** Notes that bytes came; says for how many milliseconds no more should. */
    long pause(int bytes) {
        return pace.pause(bytes);
    }

    boolean isForgettable() {
        return permits.isIdle() && (!quiet || patience().isZero());
    }

    private <T> Future<T> probe(Supplier<Future<T>> work) {
        Duration left = patience();
        if (!left.isZero() || probing) {
            return Future.failedFuture(FetchFailure.passing(origin + " asked to be left alone for a while", left));
        }
        probing = true;
        return work.get().onComplete(done -> probing = false);
    }

    private FetchFailure crowded(Throwable cause) {
        return FetchFailure.passing("Unable to fetch from " + origin + " now: " + cause.getMessage()
                + " (fetch.waiting-per-upstream)");
    }
}
