package dev.berth.format;

import java.io.IOException;

/**
 * The bytes are not an image we take. The message is meant for the sender: LXD's own text where LXD has one, else what
 * was expected and what came.
 *
 * <p>It is an {@link IOException} so that streams can throw it, but it means "refuse the image", while any other
 * {@link IOException} from an inspection means "the source of the bytes broke".
 */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1;

    public FormatException(String message) {
        super(message);
    }

    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
