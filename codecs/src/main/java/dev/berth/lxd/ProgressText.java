package dev.berth.lxd;

import dev.berth.contract.FetchContract.Progress;
import java.util.Locale;

/** How far a transfer is, as LXD's clients print it (rest-api 4.4). */
public final class ProgressText {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};
    private static final int THOUSAND = 1000;
    private static final int WHOLE = 100;

    private ProgressText() {}

    /** {@code rootfs: 15% (96.57MB/s)}, or bytes in the place of the percentage when nobody knows the total. */
    public static String of(Progress progress) {
        String stage = progress.stage().isEmpty() ? "" : progress.stage() + ": ";
        return stage + done(progress) + " (" + size(progress.bytesPerSecond()) + "/s)";
    }

    private static String done(Progress progress) {
        if (progress.total() <= 0) {
            return size(progress.bytes());
        }
        double share = Math.min(1, (double) progress.bytes() / progress.total());
        return (long) (share * WHOLE) + "%";
    }

    private static String size(long bytes) {
        if (bytes < THOUSAND) {
            return bytes + "B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= THOUSAND && unit < UNITS.length - 1) {
            value /= THOUSAND;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f%s", value, UNITS[unit]);
    }
}
