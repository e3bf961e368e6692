package dev.berth.serve.lxd;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Reads names out of URL paths. */
public final class PathText {
    private PathText() {}

    /**
     * Undoes one level of escaping; a plus sign stays one.
     *
     * @throws IllegalArgumentException when an escape is broken
     */
    public static String decode(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
