package dev.berth.fetch.streams;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a crash left in a folder of ours. Blocks. */
final class Leftovers {
    private Leftovers() {}

    /** Makes the folder when there is none, and deletes the files in it that match {@code glob}. */
    static void clear(Path folder, String glob) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
