package dev.berth.lxcindex;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an index file: {@code index-system}, {@code index-user.7}, each with {@code .asc} for its signature.
 *
 * @param mode who asks
 * @param level what the client can read, or {@link #ANY_LEVEL}
 * @param signature true for the detached signature of the index instead of the index
 */
public record IndexName(Mode mode, int level, boolean signature) {
    /** The fallback of clients of every level. */
    public static final int ANY_LEVEL = 0;
    /** Level of lxc 4.0 to 7.0; 1 is that of lxc 1.0. */
    public static final int NEWEST_LEVEL = 7;

    private static final Pattern NAME = Pattern.compile("index-(system|user)(?:\\.([1-9]))?(\\.asc)?");

    /** Who asks: the administrator of a machine, or somebody in a user namespace. */
    public enum Mode {
        SYSTEM,
        USER
    }

    /** Understands a file name; empty for other names and for levels that no client has yet. */
    public static Optional<IndexName> parse(String file) {
        Matcher name = NAME.matcher(file);
        if (!name.matches()) {
            return Optional.empty();
        }
        int level = name.group(2) == null ? ANY_LEVEL : Integer.parseInt(name.group(2));
        Mode mode = Mode.valueOf(name.group(1).toUpperCase(Locale.ROOT));
        return level > NEWEST_LEVEL ? Optional.empty() : Optional.of(new IndexName(mode, level, name.group(3) != null));
    }
}
