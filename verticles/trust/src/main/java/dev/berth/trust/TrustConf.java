package dev.berth.trust;

import java.time.Duration;

/**
 * Settings of trust.
 *
 * @param secretGrace how long an image secret stays good after its first use: a pulling daemon looks at the image, waits
 *     for its own locks, and only then downloads (rest-api 3.7); 5 to 30 seconds
 * @param expiredKept how long an expired token is remembered, so that its user is told that it is too late rather than
 *     that there was never one
 * @param sweepEvery how often used and expired tokens are cleared away
 * @param tokens how many tokens of each purpose there may be at once; more are refused, except that the secret of an image
 *     takes the place of the oldest one that nobody used
 */
public record TrustConf(Duration secretGrace, Duration expiredKept, Duration sweepEvery, int tokens) {
    public static final Duration DEFAULT_SECRET_GRACE = Duration.ofSeconds(5);
    public static final Duration LONGEST_SECRET_GRACE = Duration.ofSeconds(30);
    public static final Duration DEFAULT_EXPIRED_KEPT = Duration.ofDays(1);
    public static final Duration DEFAULT_SWEEP_EVERY = Duration.ofSeconds(10);
    public static final int DEFAULT_TOKENS = 10_000;

    public TrustConf {
        expect(
                secretGrace.compareTo(DEFAULT_SECRET_GRACE) >= 0 && secretGrace.compareTo(LONGEST_SECRET_GRACE) <= 0,
                "trust.secret-grace: expected 5 to 30 seconds, got " + secretGrace);
        expect(!expiredKept.isNegative(), "trust.expired-kept: expected 0 or more, got " + expiredKept);
        expect(sweepEvery.toMillis() >= 1, "trust.sweep-every: expected at least 1 millisecond, got " + sweepEvery);
        expect(tokens >= 1, "trust.tokens: expected at least 1, got " + tokens);
    }

    public static TrustConf defaults() {
        return new TrustConf(DEFAULT_SECRET_GRACE, DEFAULT_EXPIRED_KEPT, DEFAULT_SWEEP_EVERY, DEFAULT_TOKENS);
    }

    private static void expect(boolean good, String otherwise) {
        if (!good) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
