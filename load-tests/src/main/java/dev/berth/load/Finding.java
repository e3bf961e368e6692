package dev.berth.load;

import java.util.Locale;

/**
 * One line of a result.
 *
 * @param question what was compared
 * @param berth Berth's figure
 * @param other the yardstick's figure, or NaN when there is none
 * @param otherName the yardstick
 * @param unit of both figures
 * @param ratio how to compare them, or NaN when there is no yardstick
 * @param target what was promised, in words
 * @param met whether it was kept
 */
record Finding(
        String question,
        double berth,
        double other,
        String otherName,
        String unit,
        double ratio,
        String target,
        boolean met) {
    private static final String NO_TARGET = "none";

    /** More is better: Berth's figure divided by the other's must be at least {@code least}. */
    static Finding atLeast(String question, double berth, double other, String otherName, String unit, double least) {
        double ratio = berth / other;
        return new Finding(
                question, berth, other, otherName, unit, ratio, "at least " + least + " times", ratio >= least);
    }

    /** Less is better: Berth's figure divided by the other's must be at most {@code most}. */
    static Finding atMost(String question, double berth, double other, String otherName, String unit, double most) {
        double ratio = berth / other;
        return new Finding(question, berth, other, otherName, unit, ratio, "at most " + most + " times", ratio <= most);
    }

    /** A figure with a bound of its own. */
    static Finding bound(String question, double berth, String unit, double most) {
        return new Finding(
                question, berth, Double.NaN, "", unit, Double.NaN, "at most " + most + " " + unit, berth <= most);
    }

    /** A comparison without a promise. */
    static Finding told(String question, double berth, double other, String otherName, String unit) {
        return new Finding(question, berth, other, otherName, unit, berth / other, NO_TARGET, true);
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s |",
                question,
                figure(berth, unit),
                Double.isNaN(other) ? "–" : otherName + ": " + figure(other, unit),
                Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, "%.2f", ratio),
                target,
                verdict());
    }

    private String verdict() {
        if (target.equals(NO_TARGET)) {
            return "";
        }
        return met ? "kept" : "**missed**";
    }

    private static String figure(double value, String unit) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f %s" : "%.2f %s", value, unit);
    }
}
