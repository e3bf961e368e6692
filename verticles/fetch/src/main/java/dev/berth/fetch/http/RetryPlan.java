package dev.berth.fetch.http;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When a failed transfer is tried again: after a growing pause with jitter, or when the server says; not for ever.
 * Getting further gives the tries back, up to a limit over the whole transfer.
 */
public final class RetryPlan {
    private static final long FIRST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 15_000;
    private static final int DOUBLINGS = 10;
    private static final int MOST_OVER_ALL = 100;
    private static final long FURTHER = 64 << 10;

    private final int tries;
    private final Duration mostPatience;
    private final DoubleSupplier random;
    private int failures;
    private int overAll;
    private long reached;

    /**
     * @param tries in a row without getting further
     * @param mostPatience longest wait a server may ask for
     * @param random from 0 to 1
     */
    public RetryPlan(int tries, Duration mostPatience, DoubleSupplier random) {
        this.tries = tries;
        this.mostPatience = mostPatience;
        this.random = random;
    }

    /**
     * Says how long to wait before the next try, or null to give up.
     *
     * @param position bytes that are there
     */
    public Duration next(FetchFailure failure, long position) {
        if (position >= reached + FURTHER) {
            reached = position;
            failures = 0;
        }
        failures++;
        overAll++;
        if (!failure.isPassing() || failures >= tries || overAll >= MOST_OVER_ALL) {
            return null;
        }
        return failure.patience().compareTo(mostPatience) > 0 ? null : pause(failure.patience());
    }

    /** Full jitter on top of what was asked for, so that many who failed together do not come back together. */
    private Duration pause(Duration asked) {
        long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, DOUBLINGS));
        return asked.plusMillis((long) (most * random.getAsDouble()));
    }
}
