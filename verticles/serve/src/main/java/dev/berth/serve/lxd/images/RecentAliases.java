package dev.berth.serve.lxd.images;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Aliases that an upload's headers made a moment ago. Incus' relay sends the aliases with the upload and posts them again
 * afterwards, and takes a conflict for a failure; so one identical post is let through (rest-api 3.6).
 *
 * <p>Remembers at most 1,024 aliases for five minutes. Any thread.
 */
final class RecentAliases {
    private static final int MOST = 1024;
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<Key, Made> made = new LinkedHashMap<>();

    private record Key(String project, String alias) {}

    private record Made(String fingerprint, Instant at) {}

    RecentAliases(Clock clock) {
        this.clock = clock;
    }

    synchronized void remember(String project, String alias, String fingerprint) {
        made.remove(new Key(project, alias));
        made.put(new Key(project, alias), new Made(fingerprint, clock.instant()));
        if (made.size() > MOST) {
            made.remove(made.keySet().iterator().next());
        }
    }

    /**
     * True once for an alias that was just made for the same target.
     *
     * @param target a fingerprint or a prefix of one
     */
    synchronized boolean forgive(String project, String alias, String target) {
        Made twin = made.remove(new Key(project, alias));
        return twin != null
                && twin.fingerprint().startsWith(target)
                && twin.at().plus(LIFETIME).isAfter(clock.instant());
    }
}
