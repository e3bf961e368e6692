package dev.berth.simplestreams;

import java.util.Comparator;
import java.util.function.Function;

/**
 * LXD's order of a stream's images (formats 3.6): os, release and variant ascending, newest serial first, architecture,
 * then the preferred root. Texts are compared by code points, as Go does; the last two steps only make the order total.
 */
final class ImageOrder {
    static final Comparator<StreamImage> LXD = by(image -> image.facts().os())
            .thenComparing(by(image -> image.facts().release()))
            .thenComparing(by(image -> image.facts().variant()))
            .thenComparing(by(StreamImage::serial).reversed())
            .thenComparing(by(image -> image.facts().arch()))
            .thenComparing(StreamImage::kind)
            .thenComparing(StreamImage::isIncus)
            .thenComparing(StreamImage::fingerprint);

    private ImageOrder() {}

    private static Comparator<StreamImage> by(Function<StreamImage, String> text) {
        return Comparator.comparing(text, ImageOrder::compareAsGo);
    }

    /** Go compares bytes of UTF-8, which is the order of code points; Java's own order differs above U+FFFF. */
    static int compareAsGo(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean pair = Character.isSurrogate(a) != Character.isSurrogate(b);
                return pair ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b)) : a - b;
            }
        }
        return left.length() - right.length();
    }
}
