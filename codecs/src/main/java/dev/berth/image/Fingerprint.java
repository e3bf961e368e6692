package dev.berth.image;

/**
 * An image's identity: the SHA-256 of its bytes, metadata before rootfs when there are two files (formats 1.5).
 *
 * @param hex 64 lower-case hexadecimal digits; anything else is an {@link IllegalArgumentException}
 */
public record Fingerprint(String hex) implements Comparable<Fingerprint> {
    private static final int SHORT = 12;

    public Fingerprint {
        Hex64.checked(hex, "fingerprint");
    }

    /** Says whether {@code text} may be the beginning of a fingerprint: 1 to 64 lower-case hex digits, nothing else. */
    public static boolean isPrefix(String text) {
        return !text.isEmpty() && text.length() <= Hex64.LENGTH && Hex64.isLowerHex(text);
    }

    /** Says whether {@code text} is a whole fingerprint. */
    public static boolean isWhole(String text) {
        return text.length() == Hex64.LENGTH && Hex64.isLowerHex(text);
    }

    /** The first 12 digits, as clients and logs show it. */
    public String shortForm() {
        return hex.substring(0, SHORT);
    }

    @Override
    public int compareTo(Fingerprint other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
