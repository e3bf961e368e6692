package dev.berth.format;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Short words for the tests of this package. */
final class Inspecting {
    private Inspecting() {}

    static Inspection inspect(byte[] image) throws IOException, NeedsFile {
        return inspect(image, Dialect.LXD);
    }

    static Inspection inspect(byte[] image, Dialect dialect) throws IOException, NeedsFile {
        return ImageInspector.inspect(new ByteArrayInputStream(image), InspectLimits.DEFAULTS, dialect);
    }

    /** The text an image is refused with. */
    static String refusal(byte[] image) {
        return refusal(image, InspectLimits.DEFAULTS);
    }

    static String refusal(byte[] image, InspectLimits limits) {
        return catchThrowableOfType(
                        FormatException.class,
                        () -> ImageInspector.inspect(new ByteArrayInputStream(image), limits, Dialect.LXD))
                .getMessage();
    }
}
