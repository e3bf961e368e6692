package dev.berth.store;

import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.OutFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a staging file is made.
 *
 * @param path a name that nothing has
 * @param cached how many of its first bytes are written through the page cache
 */
record StagingPlace(Disk disk, Path path, long cached) {
    /** For a file that may be read while it grows. */
    static StagingPlace forReaders(Disk disk, Path path) {
        return new StagingPlace(disk, path, Long.MAX_VALUE);
    }

    OutFile make() throws IOException {
        return cached == Long.MAX_VALUE ? disk.createExclusive(path) : disk.createUnread(path, cached);
    }

    void remove() throws IOException {
        disk.delete(path);
    }
}
