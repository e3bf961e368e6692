package dev.berth.store;

import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.OutFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a staging file is made.
 *
 * @param path a name that nothing has
 */
record StagingPlace(Disk disk, Path path, Maker maker) {
    /** One of the ways in which a disk makes a file. */
    interface Maker {
        OutFile make(Path path) throws IOException;
    }

    /** For a file that may be read while it grows. */
    static StagingPlace forReaders(Disk disk, Path path) {
        return new StagingPlace(disk, path, disk::createExclusive);
    }

    /** For a file that nobody reads before it is whole: only its first {@code cached} bytes go through the page cache. */
    static StagingPlace unread(Disk disk, Path path, long cached) {
        return new StagingPlace(disk, path, file -> disk.createUnread(file, cached));
    }

    OutFile make() throws IOException {
        return maker.make(path);
    }

    void remove() throws IOException {
        disk.delete(path);
    }
}
