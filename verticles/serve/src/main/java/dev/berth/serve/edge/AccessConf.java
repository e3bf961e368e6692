package dev.berth.serve.edge;

import dev.berth.contract.PathPrefix;
import java.util.Collection;
import java.util.List;

/**
 * Who may read what, and how often those may ask whom nobody knows.
 *
 * @param privatePaths below these only trusted clients read, and those with a token for it; none by default
 * @param anonymousPerSecond requests of one address whom nobody knows; 0 for no such limit, the default
 * @param anonymousBurst how many of them may come at once after a while without
 */
public record AccessConf(List<PathPrefix> privatePaths, int anonymousPerSecond, int anonymousBurst) {
    public static final int DEFAULT_BURST = 100;
    /** Everything is open to everybody. */
    public static final AccessConf OPEN = new AccessConf(List.of(), 0, DEFAULT_BURST);

    private static final int MOST = 1_000_000;

    public AccessConf {
        privatePaths = List.copyOf(privatePaths);
        within("limits.anonymous-requests-per-second", anonymousPerSecond, 0);
        within("limits.anonymous-burst", anonymousBurst, 1);
    }

    /** Prefixes as somebody wrote them. */
    public static List<PathPrefix> paths(Collection<String> written) {
        try {
            return written.stream().map(PathPrefix::of).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("access.private: " + e.getMessage(), e);
        }
    }

    boolean limits() {
        return anonymousPerSecond > 0;
    }

    boolean isPrivate(String path) {
        return privatePaths.stream().anyMatch(prefix -> prefix.covers(path));
    }

    private static void within(String key, int value, int least) {
        if (value < least || value > MOST) {
            throw new IllegalArgumentException(key + ": expected " + least + " to " + MOST + ", got " + value);
        }
    }
}
