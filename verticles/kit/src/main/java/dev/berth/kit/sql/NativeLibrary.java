package dev.berth.kit.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Gives the driver's native library a place where it may be executed.
 *
 * <p>The driver unpacks itself into {@code java.io.tmpdir}, which hardened hosts mount {@code noexec}; and a killed
 * process leaves its copy behind. So it goes beside the data, and the copies of earlier lives are removed first.
 */
final class NativeLibrary {
    /** The driver's own property; whoever sets it knows better. */
    private static final String PLACE = "org.sqlite.tmpdir";

    /** Another one: where the library is unpacked already, as the launcher knows. */
    private static final String UNPACKED = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /** Blocking; matters only before the first connection of this JVM. */
    static synchronized void unpackBeside(Path database) throws IOException {
        if (System.getProperty(PLACE) != null || System.getProperty(UNPACKED) != null) {
            return;
        }
        Path place = database.toAbsolutePath().resolveSibling("cache").resolve("native");
        Files.createDirectories(place);
        removeLeftovers(place);
        System.setProperty(PLACE, place.toString());
    }

    private static void removeLeftovers(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            files.forEach(NativeLibrary::remove);
        }
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove an old copy of the database driver", e);
        }
    }
}
