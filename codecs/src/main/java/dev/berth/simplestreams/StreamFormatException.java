package dev.berth.simplestreams;

import java.io.IOException;

/**
 * A whole document is unusable: not JSON, not the expected outermost shape, or beyond a limit. The message says what was
 * expected and what came.
 *
 * <p>It is an {@link IOException} so that streams can throw it; any other {@link IOException} of a reader comes from the
 * source of the bytes.
 */
public final class StreamFormatException extends IOException {
    private static final long serialVersionUID = 1;

    public StreamFormatException(String message) {
        super(message);
    }

    public StreamFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
