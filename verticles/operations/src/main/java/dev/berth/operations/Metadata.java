package dev.berth.operations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What clients insist on in an operation's metadata: a key ending in {@code _progress} is a text and there is at most
 * one, or {@code lxc} breaks down; none is left in the end; a secret stays through every change (rest-api 4.4, 3.6).
 */
final class Metadata {
    private static final String ENDING = "_progress";
    private static final String STAGES = "progress";
    private static final String SECRET = "secret";

    private Metadata() {}

    /** {@code given} as it may be shown while the work runs; null when there is nothing to show. */
    static Map<String, Object> running(Map<String, Object> given, String secret) {
        Map<String, Object> shown = new LinkedHashMap<>();
        boolean seen = false;
        for (Map.Entry<String, Object> entry : entries(given)) {
            boolean line = entry.getKey().endsWith(ENDING);
            if (!line) {
                shown.put(entry.getKey(), entry.getValue());
            } else if (!seen) {
                shown.put(entry.getKey(), String.valueOf(entry.getValue()));
            }
            seen |= line;
        }
        return finished(shown, secret);
    }

    /** {@code given} as it is shown when the work ended; null when there is nothing to show. */
    static Map<String, Object> ended(Map<String, Object> given, String secret) {
        return finished(withoutProgress(given), secret);
    }

    /** Whether only progress texts differ: an event about that may be left out. */
    static boolean differOnlyInProgress(Map<String, Object> before, Map<String, Object> after) {
        return before != null
                && after != null
                && before.keySet().equals(after.keySet())
                && withoutProgress(before).equals(withoutProgress(after));
    }

    private static Map<String, Object> withoutProgress(Map<String, Object> given) {
        Map<String, Object> rest = new LinkedHashMap<>(given == null ? Map.of() : given);
        rest.keySet().removeIf(key -> key.endsWith(ENDING) || key.equals(STAGES));
        return rest;
    }

    private static Map<String, Object> finished(Map<String, Object> shown, String secret) {
        if (secret != null) {
            shown.put(SECRET, secret);
        }
        return shown.isEmpty() ? null : Collections.unmodifiableMap(shown);
    }

    private static Iterable<Map.Entry<String, Object>> entries(Map<String, Object> given) {
        return given == null ? Map.<String, Object>of().entrySet() : given.entrySet();
    }
}
