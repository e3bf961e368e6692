package dev.berth.expire;

import java.time.Duration;
import java.time.Instant;

/**
 * One moment on two clocks.
 *
 * @param wall what the machine believes the time is; may jump
 * @param nanos what only ever grows, from an arbitrary start
 */
record Moment(Instant wall, long nanos) {
    /** Time since {@code earlier} by the clock that nobody sets. */
    Duration since(Moment earlier) {
        return Duration.ofNanos(nanos - earlier.nanos);
    }

    /** How much further the wall clock went than the time that passed since {@code earlier}; negative when it was set back. */
    Duration leapSince(Moment earlier) {
        return Duration.between(earlier.wall, wall).minus(since(earlier));
    }
}
