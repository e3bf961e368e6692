package dev.berth.app.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * One line that says how far a transfer is: {@code import  [=====>    ]  52%  44.1 MiB  120.3 MiB/s}.
 *
 * <p>Silent unless the output is a terminal; drawn at most ten times a second. Any thread, one at a time.
 */
final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final double MIB = 1 << 20;

    private final PrintStream out;
    private final boolean shown;
    private final String label;
    private final long total;
    private final long started = System.nanoTime();
    private long done;
    private long drawn;

    /** @param total bytes to come, or a negative number when nobody knows */
    ProgressBar(PrintStream out, boolean shown, String label, long total) {
        this.out = out;
        this.shown = shown;
        this.label = label;
        this.total = total;
    }

    /** A bar on standard error when that is a terminal. */
    static ProgressBar onTerminal(String label, long total) {
        return new ProgressBar(System.err, Terminal.isWatched(), label, total);
    }

    void add(long bytes) {
        at(done + bytes);
    }

    /** @param bytes how many so far */
    void at(long bytes) {
        done = bytes;
        long now = System.nanoTime();
        if (shown && now - drawn >= REDRAW_NANOS) {
            drawn = now;
            out.print("\r" + line(now - started));
            out.flush();
        }
    }

    @Override
    public void close() {
        if (shown) {
            out.println("\r" + line(System.nanoTime() - started));
        }
    }

    private String line(long nanos) {
        double mebibytes = done / MIB;
        double rate = mebibytes / Math.max(1e-3, nanos / 1e9);
        return String.format(Locale.ROOT, "%s  %s%.1f MiB  %.1f MiB/s   ", label, bar(), mebibytes, rate);
    }

    private String bar() {
        if (total <= 0) {
            return "";
        }
        return String.format(Locale.ROOT, "%s  %3d%%  ", bar(done, total), Math.min(100, done * 100 / total));
    }

    /** {@code [=====>    ]} */
    static String bar(long done, long total) {
        int filled = (int) Math.min(WIDTH, done * WIDTH / total);
        String head = filled < WIDTH ? ">" + " ".repeat(WIDTH - filled - 1) : "";
        return "[" + "=".repeat(filled) + head + "]";
    }
}
