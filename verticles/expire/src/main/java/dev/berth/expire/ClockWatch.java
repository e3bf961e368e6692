package dev.berth.expire;

import java.time.Duration;
import java.util.Optional;

/**
 * Notices that the wall clock jumped, by comparing it with one that only grows (reliability R50). A machine that was
 * suspended looks the same, and deserves the same caution. One thread.
 */
final class ClockWatch {
    /** Less is drift, or time being adjusted as it should be. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Duration calm;
    private Moment last;
    private Moment jumped;

    ClockWatch(Duration calm) {
        this.calm = calm;
    }

    /** How far the clock jumped since the last look, when it did. */
    Optional<Duration> look(Moment now) {
        Duration leap = last == null ? Duration.ZERO : now.leapSince(last);
        last = now;
        if (leap.abs().compareTo(TOLERANCE) <= 0) {
            return Optional.empty();
        }
        jumped = now;
        return Optional.of(leap);
    }

    /** How long the clock is still not to be relied on; zero when it is. */
    Duration unrest(Moment now) {
        return jumped == null ? Duration.ZERO : left(calm, now.since(jumped));
    }

    static Duration left(Duration whole, Duration passed) {
        Duration left = whole.minus(passed);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
