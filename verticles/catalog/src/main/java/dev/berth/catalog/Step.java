package dev.berth.catalog;

import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import java.time.Instant;
import java.util.Map;

/** One part of a change, done to the rows and to the snapshot alike. */
sealed interface Step {

    /** The image, its properties, profiles, files and aliases shall be exactly these; new or not. */
    record Put(Image image) implements Step {}

    /** The image and all that belongs to it go. It is there. */
    record Drop(Image image) implements Step {}

    /** The image was used. It is there. */
    record Touch(String project, Fingerprint fingerprint, Instant usedAt) implements Step {}

    /** The server settings shall be exactly these. */
    record Set(Map<String, String> settings) implements Step {}
}
