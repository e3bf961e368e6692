package dev.berth.kit.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a store needs of a file system, and nothing else. All calls block: use it on worker threads only. Any thread.
 *
 * <p>Nothing here is durable by itself. A file's bytes survive a power cut after {@link OutFile#force()}; its name (new,
 * renamed or removed) survives after {@link #forceDirectory} of the directory that holds it. Directories are made
 * private to their owner (0700), files too (0600).
 */
public interface Disk {
    /** Makes a new file; fails with {@link java.nio.file.FileAlreadyExistsException} when the name is taken. */
    OutFile createExclusive(Path file) throws IOException;

    /**
     * As {@link #createExclusive}, for a file that nobody reads before it is flushed: what comes after its first
     * {@code cached} bytes may go past the page cache. That spares a copy, and what is read often stays in memory.
     */
    default OutFile createUnread(Path file, long cached) throws IOException {
        return createExclusive(file);
    }

    /** Reads a file from its beginning. */
    InputStream read(Path file) throws IOException;

    /** Renames within the file system in one step; a file at {@code to} is replaced. */
    void rename(Path from, Path to) throws IOException;

    /** Removes a file. Answers whether it was there. */
    boolean delete(Path file) throws IOException;

    /** Makes a directory and its missing parents; those that are there are left as they are. */
    void createDirectories(Path directory) throws IOException;

    /** Makes durable which names the directory holds. */
    void forceDirectory(Path directory) throws IOException;

    /** What a directory holds, in order of names. */
    List<DiskEntry> list(Path directory) throws IOException;

    /** The length of a regular file, or nothing when there is none of this name. */
    OptionalLong length(Path file) throws IOException;

    /** Bytes that may still be written to the file system that holds {@code directory}; 0 when that cannot be told. */
    long usableSpace(Path directory);
}
