package dev.berth.fetch.http;

import dev.berth.fetch.guard.Location;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * How fast single sources may be read, wherever they redirect to: a source is a base URL, and what is asked below it counts
 * for it. One thread.
 */
final class Budgets {
    private final Map<String, Pace> paces = new TreeMap<>(Comparator.comparing(String::length).reversed()
            .thenComparing(Comparator.naturalOrder()));
    private final Pace none;

    /**
     * @param bytesPerSecond by base URL without a slash at its end
     * @param nanos a clock that only grows
     */
    Budgets(Map<String, Long> bytesPerSecond, LongSupplier nanos) {
        bytesPerSecond.forEach((base, rate) -> paces.put(base, new Pace(rate, nanos)));
        this.none = new Pace(0, nanos);
    }

    /** That of the longest base that {@code location} is below, or one without a limit. */
    Pace of(Location location) {
        String asked = location.toString();
        return paces.entrySet().stream()
                .filter(entry -> asked.equals(entry.getKey()) || asked.startsWith(entry.getKey() + "/"))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(none);
    }
}
