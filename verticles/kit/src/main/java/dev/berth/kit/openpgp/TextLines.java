package dev.berth.kit.openpgp;

import java.io.ByteArrayOutputStream;

/**
 * The lines of a text as a clear-text signature sees them (RFC 4880, 7.1): without blanks at their ends, joined by
 * carriage return and line feed, nothing after the last one. Nothing is kept per line: a stranger decides how many there
 * are.
 */
final class TextLines implements Content {
    /** GnuPG reads no longer ones: it cuts them, and then the signature is wrong. */
    static final int LONGEST = 19_990;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final boolean escaped;

    private TextLines(byte[] bytes, int from, int to, boolean escaped) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.escaped = escaped;
    }

    /** A text. A line feed at the very end begins no further line. */
    static TextLines of(byte[] text) {
        return new TextLines(text, 0, text.length, false);
    }

    /** A part of {@code bytes} whose lines that begin with a dash have another dash and a blank before it. */
    static TextLines escaped(byte[] bytes, int from, int to) {
        return new TextLines(bytes, from, to, true);
    }

    /** Where the line that begins at {@code start} ends: its line feed, or the end of all. */
    static int lineFeed(byte[] bytes, int start) {
        int at = start;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** In bytes. */
    int longest() {
        int[] longest = new int[1];
        each((start, end) -> longest[0] = Math.max(longest[0], end - start));
        return longest[0];
    }

    /** Programs do not agree on whether such a carriage return ends a line. */
    boolean hasReturnInside() {
        boolean[] found = new boolean[1];
        each((start, end) -> found[0] |= hasReturn(start, end));
        return found[0];
    }

    @Override
    public void into(Sink sink) {
        boolean[] first = {true};
        each((start, end) -> {
            if (!first[0]) {
                sink.update(LINE_END, 0, LINE_END.length);
            }
            first[0] = false;
            sink.update(bytes, start, end - start);
        });
    }

    /** Lines joined by line feeds. */
    @Override
    public byte[] text() {
        int[] length = new int[1];
        each((start, end) -> length[0] += end - start + 1);
        byte[] text = new byte[Math.max(0, length[0] - 1)];
        int[] at = new int[1];
        each((start, end) -> {
            System.arraycopy(bytes, start, text, at[0], end - start);
            at[0] += end - start;
            if (at[0] < text.length) {
                text[at[0]++] = '\n';
            }
        });
        return text;
    }

    /** What stands in the frame: lines that begin with a dash escaped, a line feed after each. */
    void writeEscaped(ByteArrayOutputStream out) {
        each((start, end) -> {
            if (end > start && bytes[start] == '-') {
                out.write('-');
                out.write(' ');
            }
            out.write(bytes, start, end - start);
            out.write('\n');
        });
    }

    private void each(Line line) {
        int start = from;
        while (start < to) {
            int end = lineFeed(bytes, start);
            int first = escaped && bytes[start] == '-' ? start + 2 : start;
            line.at(first, trimmed(first, Math.min(end, to)));
            start = end + 1;
        }
    }

    private int trimmed(int start, int end) {
        int last = end;
        while (last > start && isBlank(bytes[last - 1])) {
            last--;
        }
        return last;
    }

    private boolean hasReturn(int start, int end) {
        for (int at = start; at < end; at++) {
            if (bytes[at] == '\r') {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(byte one) {
        return one == ' ' || one == '\t' || one == '\r';
    }

    private interface Line {
        void at(int start, int end);
    }
}
