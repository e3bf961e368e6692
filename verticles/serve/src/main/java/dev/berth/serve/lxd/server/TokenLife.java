package dev.berth.serve.lxd.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a trust token lives, as {@code core.remote_token_expiry} says it: parts like {@code 30S}, {@code 5M},
 * {@code 3H}, {@code 2d}, {@code 1w}, {@code 6m}, {@code 1y}, separated by spaces, each unit at most once
 * (rest-api 2.3). Empty means forever.
 */
final class TokenLife {
    /** The value that means "never ends". */
    static final long FOREVER = 0;

    private static final Pattern PART = Pattern.compile("(\\d{1,6})([SMHdwmy])");

    private TokenLife() {}

    /**
     * Seconds from {@code now} until the end, or {@link #FOREVER}.
     *
     * @throws IllegalArgumentException when the text is no such life; the message says what is
     */
    static long seconds(String text, Instant now) {
        if (text == null || text.isBlank()) {
            return FOREVER;
        }
        ZonedDateTime start = now.atZone(ZoneOffset.UTC);
        ZonedDateTime end = start;
        for (String part : text.strip().split("\\s+")) {
            end = later(end, part);
        }
        return Math.max(1, Duration.between(start, end).toSeconds());
    }

    private static ZonedDateTime later(ZonedDateTime time, String part) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected a life like \"30S\", \"3H\" or \"2d 6H\", got \"" + part + "\"");
        }
        try {
            return time.plus(amount(Integer.parseInt(matcher.group(1)), matcher.group(2).charAt(0)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a life of \"" + part + "\" ends after all calendars", e);
        }
    }

    private static TemporalAmount amount(int count, char unit) {
        return switch (unit) {
            case 'S' -> Duration.ofSeconds(count);
            case 'M' -> Duration.ofMinutes(count);
            case 'H' -> Duration.ofHours(count);
            case 'd' -> Period.ofDays(count);
            case 'w' -> Period.ofWeeks(count);
            case 'm' -> Period.ofMonths(count);
            default -> Period.ofYears(count);
        };
    }
}
