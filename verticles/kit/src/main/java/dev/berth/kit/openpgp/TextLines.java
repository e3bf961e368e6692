package dev.berth.kit.openpgp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a text as a clear-text signature sees them (RFC 4880, 7.1): without blanks at their ends, joined by
 * carriage return and line feed, nothing after the last one.
 */
final class TextLines {
    /** GnuPG reads no longer ones: it cuts them, and then the signature is wrong. */
    static final int LONGEST = 19_990;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final byte[] bytes;
    private final List<int[]> lines = new ArrayList<>();

    private TextLines(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A line feed at the very end begins no further line. */
    static TextLines of(byte[] text) {
        TextLines all = new TextLines(text);
        int start = 0;
        while (start < text.length) {
            int end = lineFeed(text, start);
            all.add(start, end);
            start = end + 1;
        }
        return all;
    }

    /** None yet, from {@code bytes}. */
    static TextLines from(byte[] bytes) {
        return new TextLines(bytes);
    }

    /** Where the line that begins at {@code start} ends: its line feed, or the end of all. */
    static int lineFeed(byte[] bytes, int start) {
        int at = start;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Takes {@code start} to {@code end} as the next line. */
    void add(int start, int end) {
        int last = end;
        while (last > start && isBlank(bytes[last - 1])) {
            last--;
        }
        lines.add(new int[] {start, last});
    }

    /** In bytes. */
    int longest() {
        return lines.stream().mapToInt(line -> line[1] - line[0]).max().orElse(0);
    }

    /** Programs do not agree on whether such a carriage return ends a line. */
    boolean hasReturnInside() {
        return lines.stream().anyMatch(this::hasReturn);
    }

    /** What is hashed. */
    byte[] canonical() {
        return joined(LINE_END);
    }

    /** What a program reads: lines joined by line feeds. */
    byte[] plain() {
        return joined(new byte[] {'\n'});
    }

    /** What stands in the frame: plain, lines that begin with a dash escaped, a line feed after each. */
    void writeEscaped(ByteArrayOutputStream out) {
        for (int[] line : lines) {
            if (line[1] > line[0] && bytes[line[0]] == '-') {
                out.write('-');
                out.write(' ');
            }
            out.write(bytes, line[0], line[1] - line[0]);
            out.write('\n');
        }
    }

    private byte[] joined(byte[] separator) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + lines.size());
        for (int i = 0; i < lines.size(); i++) {
            out.write(separator, 0, i == 0 ? 0 : separator.length);
            out.write(bytes, lines.get(i)[0], lines.get(i)[1] - lines.get(i)[0]);
        }
        return out.toByteArray();
    }

    private boolean hasReturn(int[] line) {
        for (int at = line[0]; at < line[1]; at++) {
            if (bytes[at] == '\r') {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(byte one) {
        return one == ' ' || one == '\t' || one == '\r';
    }
}
