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
    private Path data;

    /** The directory given, or the default one. */
    public Path directory() {
        return data != null ? data : usual(System.getenv(), System.getProperty("user.home"));
    }

    /** The option as it was given, or null. */
    public String given() {
        return data == null ? null : data.toString();
    }

    /** Where data goes when nobody says. */
    public static Path usual(Map<String, String> environment, String home) {
        String own = environment.getOrDefault("BERTH_DATA", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String shared = environment.getOrDefault("XDG_DATA_HOME", "");
        return shared.isEmpty() ? Path.of(home, ".local", "share", "berth") : Path.of(shared, "berth");
    }
}
