package dev.berth.format;

/** Texts of strangers as they may stand in a message: not longer than a line, and without control characters. */
final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    static String of(String text) {
        String whole = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return whole.replaceAll("\\p{Cntrl}", "?");
    }
}
