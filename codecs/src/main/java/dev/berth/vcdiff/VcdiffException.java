package dev.berth.vcdiff;

import java.io.IOException;

/**
 * The delta is damaged, not for this source, beyond a limit, or of a kind that is not read. The message says what was
 * expected and what came. Any other {@link IOException} of the decoder comes from one of the three files.
 */
public final class VcdiffException extends IOException {
    private static final long serialVersionUID = 1;

    public VcdiffException(String message) {
        super(message);
    }

    public VcdiffException(String message, Throwable cause) {
        super(message, cause);
    }
}
