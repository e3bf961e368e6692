package dev.berth.expire;

import dev.berth.contract.ExpireContract.Verdict;
import dev.berth.image.Image;
import java.time.Instant;

/**
 * One image that goes now.
 *
 * @param bytes that go with it
 * @param cause as metrics count it
 * @param rule as people read it
 */
record Removal(Image image, long bytes, Cause cause, String rule) {
    /** Why images go. */
    enum Cause {
        AGE("age"),
        SPACE("space");

        private final String label;

        Cause(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    Verdict verdict(Instant due) {
        return new Verdict(image.project(), image.fingerprint(), bytes, due, rule);
    }
}
