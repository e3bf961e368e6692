package dev.berth.refresh;

import dev.berth.contract.RefreshContract.Refreshed;
import dev.berth.image.Fingerprint;

/**
 * How a comparison ended.
 *
 * @param ending as metrics count it
 * @param fingerprint the image now
 * @param text for people
 */
record Outcome(Ending ending, Fingerprint fingerprint, String text) {
    /** How comparisons end. */
    enum Ending {
        CURRENT("current"),
        REPLACED("replaced"),
        /** The source has no such image any more. */
        GONE("gone"),
        FAILED("failed");

        private final String label;

        Ending(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static Outcome current(Fingerprint fingerprint) {
        return new Outcome(Ending.CURRENT, fingerprint, Ending.CURRENT.label);
    }

    static Outcome replacedBy(Fingerprint fingerprint) {
        return new Outcome(Ending.REPLACED, fingerprint, Ending.REPLACED.label);
    }

    Refreshed reply() {
        return new Refreshed(ending == Ending.REPLACED, fingerprint, text);
    }
}
