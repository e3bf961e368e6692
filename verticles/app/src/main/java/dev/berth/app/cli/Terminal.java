package dev.berth.app.cli;

/**
 * Whether somebody watches standard error, on which bars are drawn. The launcher knows and says so: {@code System.console()}
 * looks at the other streams, and in some Javas is there without any terminal.
 */
final class Terminal {
    private Terminal() {}

    static boolean isWatched() {
        return Boolean.getBoolean("berth.terminal");
    }
}
