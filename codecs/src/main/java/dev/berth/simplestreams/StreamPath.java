package dev.berth.simplestreams;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The path of a file below a server's base URL. Leading and doubled slashes are harmless, as in LXD; what could lead
 * anywhere else is refused: another scheme or host, {@code ..} plain or percent-encoded, backslashes, control characters
 * (formats 3.1, facts 103 and 115).
 */
final class StreamPath {
    private static final int LONGEST = 4096;
    private static final Pattern SCHEME = Pattern.compile("^/*[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\\\]");

    private StreamPath() {}

    /** Why {@code path} is refused, or empty when it is fine. */
    static String problem(String path) {
        if (path.length() > LONGEST) {
            return "path must not be longer than " + LONGEST + " characters, got " + path.length();
        }
        if (segments(path).isEmpty()) {
            return "path must name a file, got \"" + path + "\"";
        }
        if (SCHEME.matcher(path).matches()) {
            return "path must be relative to the server's base, got the URL \"" + path + "\"";
        }
        boolean leaves = segments(decoded(path)).contains("..");
        return leaves || UNSAFE.matcher(decoded(path)).find()
                ? "path must stay below the server's base, got \"" + path + "\"" : "";
    }

    /** The path without leading, doubled and trailing slashes and without {@code .} segments. */
    static String clean(String path) {
        return String.join("/", segments(path));
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .collect(Collectors.toList());
    }

    /** As a server would see the characters that matter. */
    private static String decoded(String path) {
        return path.contains("%")
                ? path.toLowerCase(Locale.ROOT).replace("%2e", ".").replace("%2f", "/").replace("%5c", "\\").replace("%00", "\0")
                : path;
    }
}
