package dev.berth.lxd;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One name within a URL path, escaped once: {@code debian/12} is {@code debian%2F12} (rest-api 3.10). */
public final class PathSegment {
    /** What may stand in a segment as it is (RFC 3986); everything else becomes {@code %XX} of its UTF-8 bytes. */
    private static final String PLAIN = "-._~$&+=:@";

    private PathSegment() {}

    public static String escape(String name) {
        StringBuilder escaped = new StringBuilder(name.length() + 8);
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            append(escaped, octet & 0xff);
        }
        return escaped.toString();
    }

    /** The opposite of {@link #escape}; what is no escape stays as it is. */
    public static String unescape(String segment) {
        byte[] octets = segment.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream name = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            boolean escape = octets[i] == '%' && i + 2 < octets.length && digit(octets[i + 1]) >= 0 && digit(octets[i + 2]) >= 0;
            name.write(escape ? digit(octets[i + 1]) << 4 | digit(octets[i + 2]) : octets[i]);
            i += escape ? 2 : 0;
        }
        return name.toString(StandardCharsets.UTF_8);
    }

    private static int digit(byte octet) {
        return Character.digit(octet, 16);
    }

    private static void append(StringBuilder escaped, int octet) {
        if (isPlain(octet)) {
            escaped.append((char) octet);
        } else {
            escaped.append('%').append(hex(octet >> 4)).append(hex(octet));
        }
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN.indexOf(c) >= 0;
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit & 0xf, 16));
    }
}
