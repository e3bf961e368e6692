package dev.berth.image;

/** The one rule for what counts as a SHA-256 name: 64 lower-case hexadecimal digits. */
final class Hex64 {
    static final int LENGTH = 64;

    private Hex64() {}

    /** Returns {@code text} when it is 64 lower-case hex digits; otherwise throws, naming what was expected and what came. */
    static String checked(String text, String what) {
        if (text == null || text.length() != LENGTH || !isLowerHex(text)) {
            throw new IllegalArgumentException(
                    what + " must be " + LENGTH + " lower-case hexadecimal digits, got " + describe(text));
        }
        return text;
    }

    static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static String describe(String text) {
        if (text == null) {
            return "nothing";
        }
        return text.length() > LENGTH ? text.length() + " characters" : "\"" + text + "\"";
    }
}
