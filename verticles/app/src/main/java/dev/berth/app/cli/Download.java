package dev.berth.app.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came with a downloaded body.
 *
 * @param contentType the header's text, or null
 * @param disposition the header's text, or null
 */
record Download(String contentType, String disposition) {
    private static final Pattern FILENAME = Pattern.compile("filename=\"?([^\";/\\\\]+)\"?");
    private static final Pattern BOUNDARY = Pattern.compile("^multipart/form-data;.*boundary=\"?([^\";]+)\"?");

    /** The file name the service gave, or the fallback. */
    String filename(String fallback) {
        return first(FILENAME, disposition, fallback);
    }

    /** The boundary of a split image's parts, or null for a unified one. */
    String boundary() {
        return first(BOUNDARY, contentType, null);
    }

    private static String first(Pattern pattern, String text, String fallback) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group(1) : fallback;
    }
}
