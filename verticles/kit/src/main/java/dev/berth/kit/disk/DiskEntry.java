package dev.berth.kit.disk;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One name in a directory.
 *
 * @param path directory and name
 * @param kind what it is; links are not followed
 * @param length in bytes, 0 unless it is a file
 * @param changed when its bytes last changed
 */
public record DiskEntry(Path path, Kind kind, long length, Instant changed) {

    /** What a name stands for. */
    public enum Kind {
        FILE,
        DIRECTORY,
        /** Link, device, socket: nothing that Berth makes. */
        OTHER
    }

    public String name() {
        return path.getFileName().toString();
    }

    public boolean isFile() {
        return kind == Kind.FILE;
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }
}
