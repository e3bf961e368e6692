package dev.berth.catalog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the tables keep them: whole microseconds, within the years that RFC 3339 can write. */
final class Moments {
    private static final long MICROS = 1_000_000;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Moments() {}

    /** The nearest time that can be kept, so that memory never knows more than the disk. */
    static Instant kept(Instant time) {
        Instant whole = time.truncatedTo(ChronoUnit.MICROS);
        if (whole.isBefore(FIRST)) {
            return FIRST;
        }
        return whole.isAfter(LAST) ? LAST : whole;
    }

    static long toMicros(Instant time) {
        return time.getEpochSecond() * MICROS + time.getNano() / 1_000;
    }

    static Instant ofMicros(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }
}
