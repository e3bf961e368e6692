package dev.berth.lxd.multipart;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Splits a multipart body into its parts while it streams. Nothing of a part is kept: its bytes are handed on as ranges
 * of the array they came in. Only a delimiter that may have begun is held back, and that is known text.
 *
 * <p>A part ends only with a whole delimiter after it, so that a body that was cut off never looks complete.
 */
public final class MultipartSplitter {
    /** Most bytes of the header lines of one part. */
    public static final int MOST_HEADER_BYTES = 8 << 10;

    private static final int DASHES = '-' << 8 | '-';
    private static final int LINE_BREAK = '\r' << 8 | '\n';
    private static final int EMPTY_LINE = LINE_BREAK << 16 | LINE_BREAK;

    private enum State {
        PREAMBLE,
        AFTER_DELIMITER,
        HEADERS,
        BODY,
        EPILOGUE
    }

    /** Where the pieces go. */
    public interface Parts {
        /** A part begins. */
        void begin(PartHead head);

        /** Some bytes of it: those of {@code array} from {@code from} up to but without {@code to}. */
        void bytes(byte[] array, int from, int to);

        /** It ended; all its bytes were handed on. */
        void end();
    }

    private final byte[] delimiter;
    private final Parts parts;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    /** Their last four bytes, so that an end is seen without a look at all of them. */
    private int ending;
    private State state = State.PREAMBLE;
    private int matched;

    /** @param boundary as the Content-Type names it */
    public MultipartSplitter(String boundary, Parts parts) {
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.parts = parts;
        // The first delimiter may stand at the very beginning, without the line break before it.
        this.matched = 2;
    }

    /** Takes the next bytes. Throws {@link IllegalArgumentException} when they cannot be multipart. */
    public void feed(byte[] array) {
        int at = 0;
        while (at < array.length) {
            at = switch (state) {
                case PREAMBLE, BODY -> seekDelimiter(array, at);
                case AFTER_DELIMITER -> afterDelimiter(array, at);
                case HEADERS -> header(array, at);
                case EPILOGUE -> array.length;
            };
        }
    }

    /** True when the closing delimiter was seen. */
    public boolean isClosed() {
        return state == State.EPILOGUE;
    }

    /** True within a part, or within its header lines. */
    public boolean isInsidePart() {
        return state == State.BODY || state == State.HEADERS;
    }

    /**
     * Hands on what is certainly content, up to the delimiter or the end of the array. A carriage return occurs only at
     * the beginning of a delimiter, so a failed match never hides the beginning of another one except at this byte.
     */
    private int seekDelimiter(byte[] array, int start) {
        int held = matched;
        int contentEnd = start;
        int at = start;
        while (at < array.length) {
            byte next = array[at];
            if (next == delimiter[matched]) {
                matched++;
                at++;
                if (matched == delimiter.length) {
                    handOn(array, start, contentEnd);
                    delimiterFound();
                    return at;
                }
            } else {
                handOnHeld(Math.min(held, matched));
                held = 0;
                matched = 0;
                if (next != '\r') {
                    at = nextReturn(array, at + 1);
                }
                contentEnd = at;
            }
        }
        handOn(array, start, contentEnd);
        return at;
    }

    private static int nextReturn(byte[] array, int from) {
        int at = from;
        while (at < array.length && array[at] != '\r') {
            at++;
        }
        return at;
    }

    private void handOn(byte[] array, int from, int to) {
        if (state == State.BODY && to > from) {
            parts.bytes(array, from, to);
        }
    }

    /** What was held back from earlier arrays was no delimiter after all. */
    private void handOnHeld(int count) {
        handOn(delimiter, 0, count);
    }

    private void delimiterFound() {
        if (state == State.BODY) {
            parts.end();
        }
        matched = 0;
        startLines();
        state = State.AFTER_DELIMITER;
    }

    private int afterDelimiter(byte[] array, int at) {
        take(array[at]);
        if (lines.size() == 2 && ending == DASHES) {
            state = State.EPILOGUE;
        } else if ((ending & 0xffff) == LINE_BREAK) {
            mustBeBlank(lines.toString(StandardCharsets.ISO_8859_1));
            startLines();
            state = State.HEADERS;
        }
        return at + 1;
    }

    private static void mustBeBlank(String line) {
        if (!line.isBlank()) {
            throw new IllegalArgumentException("a delimiter is followed by other text");
        }
    }

    private int header(byte[] array, int at) {
        take(array[at]);
        if (lines.size() == 2 && ending == LINE_BREAK || ending == EMPTY_LINE) {
            state = State.BODY;
            matched = 0;
            parts.begin(PartHead.parse(lines.toString(StandardCharsets.UTF_8)));
        }
        return at + 1;
    }

    private void startLines() {
        lines.reset();
        ending = 0;
    }

    private void take(byte next) {
        lines.write(next);
        ending = ending << 8 | next & 0xff;
        mustFit();
    }

    private void mustFit() {
        if (lines.size() > MOST_HEADER_BYTES) {
            throw new IllegalArgumentException("a part has more than " + MOST_HEADER_BYTES + " bytes of headers");
        }
    }
}
