package dev.berth.testkit.disk;

import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.DiskEntry;
import dev.berth.kit.disk.OutFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** A disk that is told to force and does not: the control for tests that must notice a missing force. */
public final class ForgetfulDisk implements Disk {
    private final Disk disk;
    private final boolean forcesFiles;
    private final boolean forcesDirectories;

    private ForgetfulDisk(Disk disk, boolean forcesFiles, boolean forcesDirectories) {
        this.disk = disk;
        this.forcesFiles = forcesFiles;
        this.forcesDirectories = forcesDirectories;
    }

    /** Forces directories only. */
    public static ForgetfulDisk ofBytes(Disk disk) {
        return new ForgetfulDisk(disk, false, true);
    }

    /** Forces files only. */
    public static ForgetfulDisk ofNames(Disk disk) {
        return new ForgetfulDisk(disk, true, false);
    }

    @Override
    public OutFile createExclusive(Path file) throws IOException {
        OutFile made = disk.createExclusive(file);
        return forcesFiles ? made : new ForgetfulFile(made);
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return disk.delete(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (forcesDirectories) {
            disk.forceDirectory(directory);
        }
    }

    @Override
    public List<DiskEntry> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public OptionalLong length(Path file) throws IOException {
        return disk.length(file);
    }

    @Override
    public long usableSpace(Path directory) {
        return disk.usableSpace(directory);
    }

    /** A file whose force does nothing. */
    private record ForgetfulFile(OutFile file) implements OutFile {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            file.write(bytes);
        }

        @Override
        public void force() {
            // Forgotten on purpose.
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
