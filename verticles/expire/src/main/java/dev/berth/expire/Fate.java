package dev.berth.expire;

import java.time.Instant;

/** What shall become of an image, and by which rule, for people. */
sealed interface Fate {
    String rule();

    /** It stays until something about it changes. */
    record Keep(String rule) implements Fate {}

    /** It goes at {@code until} unless it is used before. */
    record Wait(Instant until, String rule) implements Fate {}

    /** Its time is over since {@code since}. */
    record Expire(Instant since, String rule) implements Fate {}
}
