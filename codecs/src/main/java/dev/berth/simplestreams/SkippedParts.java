package dev.berth.simplestreams;

import java.util.ArrayList;
import java.util.List;

/** What readers left out and why, for people: the first reasons in full, the others as a number. One thread at a time. */
public final class SkippedParts {
    private static final int KEPT = 50;
    private static final int LONGEST = 200;

    private final List<String> reasons = new ArrayList<>();
    private long count;

    /** How many parts were left out. */
    public long count() {
        return count;
    }

    /** The first reasons, each one line of the form {@code where: why}. */
    public List<String> reasons() {
        return List.copyOf(reasons);
    }

    void add(String where, String why) {
        count++;
        if (reasons.size() < KEPT) {
            reasons.add(shown(where) + ": " + shown(why));
        }
    }

    /** A stranger's text as it may stand in a message: one line, without control characters. */
    static String shown(String text) {
        String whole = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return whole.replaceAll("\\p{Cntrl}", "?");
    }
}
