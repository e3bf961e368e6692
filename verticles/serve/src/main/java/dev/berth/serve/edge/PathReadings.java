package dev.berth.serve.edge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Every way in which somebody further inside might read a path: escapes decoded once, twice or not at all, backslashes
 * as slashes, doubled slashes as one, dots resolved. What is private under one of them is private.
 */
final class PathReadings {
    /** Clients escape names twice (rest-api 0.13); one more for those who try their luck. */
    private static final int ROUNDS = 3;
    private static final int HEX = 16;

    private PathReadings() {}

    /**
     * @param raw as it came
     * @param normalized as routes are matched with it
     * @return without empty segments and dots; most often one
     */
    static Set<String> of(String raw, String normalized) {
        Set<String> readings = new LinkedHashSet<>();
        readings.add(plain(normalized));
        String text = raw;
        for (int round = 0; round < ROUNDS && isOdd(text); round++) {
            text = decoded(text).replace('\\', '/');
            readings.add(plain(text));
        }
        readings.add(plain(raw));
        return readings;
    }

    private static boolean isOdd(String text) {
        return text.indexOf('%') >= 0 || text.indexOf('\\') >= 0;
    }

    private static String plain(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    /** What is no escape stays as it is. */
    private static String decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int value = bytes[i] == '%' ? escaped(bytes, i) : -1;
            out.write(value < 0 ? bytes[i] : value);
            i += value < 0 ? 0 : 2;
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int escaped(byte[] bytes, int at) {
        if (at + 2 >= bytes.length) {
            return -1;
        }
        int high = Character.digit(bytes[at + 1], HEX);
        int low = Character.digit(bytes[at + 2], HEX);
        return high < 0 || low < 0 ? -1 : high * HEX + low;
    }
}
