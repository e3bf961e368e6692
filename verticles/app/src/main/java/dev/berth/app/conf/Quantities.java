package dev.berth.app.conf;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes as people write them: {@code 500ms}, {@code 10s}, {@code 3d}; {@code 4MiB}, {@code 512}. */
public final class Quantities {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15})\\s*([a-zA-Z]*)");
    private static final Map<String, Long> MILLIS = Map.of(
            "ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES = Map.of(
            "", 1L, "b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30, "tib", 1L << 40);

    private Quantities() {}

    public static Duration duration(String text) {
        return Duration.ofMillis(quantity(text, MILLIS, "a time like 500ms, 10s, 5m, 2h or 3d"));
    }

    static long bytes(String text) {
        return quantity(text, BYTES, "a size like 512, 64KiB, 4MiB or 2GiB");
    }

    private static long quantity(String text, Map<String, Long> units, String expected) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.trim());
        Long unit = matcher.matches() ? units.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("expected " + expected + ", got \"" + text + "\"");
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("expected " + expected + " that fits in 63 bits, got \"" + text + "\"", e);
        }
    }
}
