package dev.berth.app.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which service a verb means: the one with this data directory. */
public final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of the service. Default: $BERTH_DATA, $XDG_DATA_HOME/berth or ~/.local/share/berth.")
    private String data;

    /** The directory given, or the default one. */
    public Path directory() {
        return given() != null ? Path.of(data) : usual(System.getenv(), System.getProperty("user.home"));
    }

    /** The option as it was given; null without one, and when it is empty, as with a variable that nobody set. */
    public String given() {
        return data == null || data.isEmpty() ? null : data;
    }

    /**
     * Where data goes when nobody says.
     *
     * @param account the home of the user's account. What the shell calls {@code ~} weighs more: the virtual machine does not ask.
     */
    public static Path usual(Map<String, String> environment, String account) {
        String own = environment.getOrDefault("BERTH_DATA", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String shared = environment.getOrDefault("XDG_DATA_HOME", "");
        return shared.isEmpty() ? Path.of(home(environment, account), ".local", "share", "berth") : Path.of(shared, "berth");
    }

    private static String home(Map<String, String> environment, String account) {
        String home = environment.getOrDefault("HOME", "");
        return home.isEmpty() ? account : home;
    }
}
