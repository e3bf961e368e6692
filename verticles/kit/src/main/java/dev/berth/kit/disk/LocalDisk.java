package dev.berth.kit.disk;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The real disk, on a POSIX file system. */
public final class LocalDisk implements Disk {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE = mode("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY = mode("rwx------");
    private static final int MOST_PAST_CACHE = 8;

    private final DirectBuffers directBuffers = new DirectBuffers(MOST_PAST_CACHE);

    @Override
    public OutFile createExclusive(Path file) throws IOException {
        return new LocalFile(file, create(file));
    }

    @Override
    public OutFile createUnread(Path file, long cached) throws IOException {
        return new PastCacheFile(file, create(file), directBuffers, cached);
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return Files.newInputStream(file, READ, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw FullDisk.named(to, e);
        }
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        try {
            Files.createDirectories(directory, PRIVATE_DIRECTORY);
        } catch (IOException e) {
            throw FullDisk.named(directory, e);
        }
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    @Override
    public List<DiskEntry> list(Path directory) throws IOException {
        List<DiskEntry> entries = new ArrayList<>();
        try (Stream<Path> names = Files.list(directory)) {
            for (Path path : names.sorted().toList()) {
                addIfStillThere(path, entries);
            }
        }
        return entries;
    }

    @Override
    public OptionalLong length(Path file) throws IOException {
        try {
            BasicFileAttributes facts = factsOf(file);
            return facts.isRegularFile() ? OptionalLong.of(facts.size()) : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    /** Asks the file system itself: {@code FileStore} would read the list of mounts each time. */
    @Override
    public long usableSpace(Path directory) {
        return directory.toFile().getUsableSpace();
    }

    private static FileChannel create(Path file) throws IOException {
        try {
            return FileChannel.open(file, Set.of(CREATE_NEW, WRITE), PRIVATE_FILE);
        } catch (IOException e) {
            throw FullDisk.named(file, e);
        }
    }

    private static void addIfStillThere(Path path, List<DiskEntry> entries) throws IOException {
        try {
            BasicFileAttributes facts = factsOf(path);
            DiskEntry.Kind kind = kindOf(facts);
            long length = kind == DiskEntry.Kind.FILE ? facts.size() : 0;
            entries.add(new DiskEntry(path, kind, length, facts.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            // Removed between listing and looking: then it is not in the directory.
            return;
        }
    }

    private static DiskEntry.Kind kindOf(BasicFileAttributes facts) {
        if (facts.isRegularFile()) {
            return DiskEntry.Kind.FILE;
        }
        return facts.isDirectory() ? DiskEntry.Kind.DIRECTORY : DiskEntry.Kind.OTHER;
    }

    private static BasicFileAttributes factsOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
