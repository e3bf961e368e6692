package dev.berth.app;

import dev.berth.app.cli.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One service per data directory. The lock is the kernel's, on {@code <data>/berth.lock}, so it goes with its process
 * however that ended; the file itself means nothing and stays.
 */
final class DataLock {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** What a service makes first; {@code key export} makes the keys before there is one. */
    private static final List<String> OURS = List.of("berth.lock", "berth.db", "keys");

    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the directory when there is none, for its owner only, and takes it. One that holds other things keeps the mode it
     * has, and is taken only when nobody else may enter it. Blocks for file work only.
     */
    static DataLock take(Path data) throws Failure {
        try {
            Files.createDirectories(data);
            makePrivate(data);
            return locked(data);
        } catch (IOException e) {
            throw new Failure("cannot use the data directory " + data + ": " + e, e);
        }
    }

    private static void makePrivate(Path data) throws IOException, Failure {
        if (OWNER_ONLY.containsAll(Files.getPosixFilePermissions(data))) {
            return;
        }
        if (!isEmpty(data) && OURS.stream().map(data::resolve).noneMatch(Files::exists)) {
            throw new Failure("expected an empty directory or one of Berth's own, got " + data
                    + ", which holds other things and is open to others; choose another with --data, or chmod 700 it");
        }
        Files.setPosixFilePermissions(data, OWNER_ONLY);
    }

    private static boolean isEmpty(Path data) throws IOException {
        try (Stream<Path> entries = Files.list(data)) {
            return entries.findAny().isEmpty();
        }
    }

    private static DataLock locked(Path data) throws IOException, Failure {
        FileChannel channel = FileChannel.open(
                data.resolve("berth.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new Failure("the data directory " + data
                    + " is in use by another berth; stop that one, or choose another directory with --data");
        }
        return new DataLock(channel);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Lets others have the directory. */
    Void release() throws IOException {
        channel.close();
        return null;
    }
}
