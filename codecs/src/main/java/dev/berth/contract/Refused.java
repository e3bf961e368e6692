package dev.berth.contract;

/**
 * The common "no": what was asked cannot be done, and why, in words meant for the person who asked.
 *
 * @param reason the kind of refusal; faces map it to their own status codes
 * @param text LXD's own text where LXD has one; else what was expected, what came, and what to try
 */
public record Refused(Reason reason, String text) {

    /** Kinds of refusal. */
    public enum Reason {
        /** The request itself is wrong. */
        INVALID,
        /** The caller may not do this. */
        FORBIDDEN,
        /** No such thing, or none the caller may know of. */
        NOT_FOUND,
        /** It clashes with what is there. */
        CONFLICT,
        /** It changed since the caller read it. */
        CHANGED,
        /** No room: disk, staging or quota. */
        FULL,
        /** Not now: starting, stopping, or too busy. */
        UNAVAILABLE,
        /** Another server, which is needed for the answer, does not do its part. */
        UPSTREAM,
        /** LXD answers 500 here and clients know the text. */
        BROKEN
    }

    public static Refused invalid(String text) {
        return new Refused(Reason.INVALID, text);
    }

    public static Refused forbidden(String text) {
        return new Refused(Reason.FORBIDDEN, text);
    }

    public static Refused notFound(String text) {
        return new Refused(Reason.NOT_FOUND, text);
    }

    public static Refused conflict(String text) {
        return new Refused(Reason.CONFLICT, text);
    }

    public static Refused changed(String have, String want) {
        return new Refused(Reason.CHANGED, "ETag doesn't match: " + have + " vs " + want);
    }

    public static Refused full(String text) {
        return new Refused(Reason.FULL, text);
    }
}
