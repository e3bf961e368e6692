package dev.berth.app.cli;

import java.io.PrintStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line that says how far the service is with a transfer of its own, in the service's words:
 * {@code pull  [=====>    ]  rootfs: 52% (96.57MB/s)}. Silent unless the output is a terminal.
 */
final class ProgressLine implements AutoCloseable {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})%");
    private static final int WHOLE = 100;

    private final PrintStream out;
    private final boolean shown;
    private final String label;
    private int width;

    ProgressLine(PrintStream out, boolean shown, String label) {
        this.out = out;
        this.shown = shown;
        this.label = label;
    }

    /** A line on standard error when that is a terminal. */
    static ProgressLine onTerminal(String label) {
        return new ProgressLine(System.err, Terminal.isWatched(), label);
    }

    /** @param progress as the service tells it, empty when it does not */
    void show(String progress) {
        if (shown && !progress.isEmpty()) {
            String line = label + "  " + bar(progress) + progress;
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            out.flush();
            width = line.length();
        }
    }

    @Override
    public void close() {
        if (shown && width > 0) {
            out.println();
        }
    }

    private static String bar(String progress) {
        Matcher percent = PERCENT.matcher(progress);
        return percent.find() ? ProgressBar.bar(Long.parseLong(percent.group(1)), WHOLE) + "  " : "";
    }
}
