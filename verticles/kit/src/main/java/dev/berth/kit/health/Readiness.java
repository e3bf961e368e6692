package dev.berth.kit.health;

import io.vertx.core.Future;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Named checks that features contribute; the service is ready when all of them pass. Any thread. */
public final class Readiness {
    /** What a check that passed shows. */
    public static final String FINE = "ok";

    private static final long MOST_MILLIS = 3000;

    private final Map<String, Supplier<Future<?>>> checks = new ConcurrentHashMap<>();

    /**
     * Adds a check, or replaces the one of this name.
     *
     * @param check succeeds when the feature can work; fails with a sentence that says why not. Given 3 s.
     */
    public void add(String name, Supplier<Future<?>> check) {
        checks.put(name, check);
    }

    /** Asks all of them, at once: the name of each check, with {@link #FINE} or what is wrong. Never fails. */
    public Future<Map<String, String>> look() {
        Map<String, String> found = new TreeMap<>();
        Future<Void> all = Future.succeededFuture();
        for (Map.Entry<String, Future<String>> asked : asked().entrySet()) {
            all = all.compose(done -> asked.getValue())
                    .map(result -> {
                        found.put(asked.getKey(), result);
                        return null;
                    });
        }
        return all.map(done -> found);
    }

    private Map<String, Future<String>> asked() {
        Map<String, Future<String>> asked = new TreeMap<>();
        checks.forEach((name, check) -> asked.put(name, ask(check)));
        return asked;
    }

    private static Future<String> ask(Supplier<Future<?>> check) {
        try {
            return check.get()
                    .timeout(MOST_MILLIS, TimeUnit.MILLISECONDS)
                    .map(passed -> FINE)
                    .otherwise(Readiness::reason);
        } catch (RuntimeException broken) {
            return Future.succeededFuture(reason(broken));
        }
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
