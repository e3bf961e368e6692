package dev.berth.serve.lxd;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names within URL paths. Names of aliases contain slashes as a matter of course, so they travel escaped (rest-api 3.10). */
public final class PathText {
    private PathText() {}

    /** Escapes a name for one path segment: {@code debian/12} becomes {@code debian%2F12}. */
    public static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Undoes one level of escaping; a plus sign stays one.
     *
     * @throws IllegalArgumentException when an escape is broken
     */
    public static String decode(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
