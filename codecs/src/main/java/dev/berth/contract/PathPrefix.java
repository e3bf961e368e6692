package dev.berth.contract;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The beginning of addresses, whole segments of it: {@code /mirror/in} covers {@code /mirror/in} and {@code /mirror/in/x},
 * but not {@code /mirror/internal}.
 *
 * @param text begins with a slash and ends without one; {@code /} alone covers everything
 */
public record PathPrefix(String text) {
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~:@+-]+");

    /** @throws IllegalArgumentException when it could be written in another way too */
    public PathPrefix {
        boolean plain = text.equals("/") || text.startsWith("/") && segments(text).stream().allMatch(PathPrefix::isPlain);
        if (!plain) {
            throw new IllegalArgumentException(
                    "expected the beginning of an address, like /streams or /mirror/ubuntu, got \"" + text + "\"");
        }
    }

    /** As somebody wrote it, with a slash at its end or without. */
    public static PathPrefix of(String written) {
        boolean closed = written.length() > 1 && written.endsWith("/");
        return new PathPrefix(closed ? written.substring(0, written.length() - 1) : written);
    }

    /** @param path of an address, decoded, without empty segments and dots */
    public boolean covers(String path) {
        return text.equals("/")
                || path.startsWith(text) && (path.length() == text.length() || path.charAt(text.length()) == '/');
    }

    @Override
    public String toString() {
        return text;
    }

    private static List<String> segments(String text) {
        return List.of(text.substring(1).split("/", -1));
    }

    private static boolean isPlain(String segment) {
        return SEGMENT.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..");
    }
}
