package dev.berth.app.faults;

import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk in memory that a test can fill. It is mounted, which needs root, and not in every container may root do so. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path folder;
    private final RealTool unmount;
    private final List<Path> fillers = new ArrayList<>();

    private SmallDisk(Path folder, RealTool unmount) {
        this.folder = folder;
        this.unmount = unmount;
    }

    /** Mounts one on a new folder, with options like {@code size=24m}. Ends the test when this machine does not let it. */
    static SmallDisk at(Path folder, String options) throws IOException, InterruptedException {
        RealTool mount = RealTool.named("mount");
        RealTool unmount = RealTool.named("umount");
        Files.createDirectories(folder);
        boolean mounted =
                mount.manages(folder.getParent(), "-t", "tmpfs", "-o", options, "berth-test", folder.toString());
        RealTool.need(mounted, "this machine does not let a small disk be mounted");
        return new SmallDisk(folder, unmount);
    }

    Path folder() {
        return folder;
    }

    long free() {
        return folder.toFile().getUsableSpace();
    }

    /** Takes all space but this many bytes. */
    void fillUpTo(long left) throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (free() > left) {
                out.write(block);
            }
        }
    }

    /** Takes names until there are no more. */
    void takeAllNames() {
        try {
            while (true) {
                Files.createFile(filler());
            }
        } catch (IOException none) {
            fillers.remove(fillers.size() - 1);
        }
    }

    /** Gives back what was taken. */
    void relieve() throws IOException {
        for (Path filler : fillers) {
            Files.deleteIfExists(filler);
        }
        fillers.clear();
    }

    /** Lazily: the first service of a JVM leaves the database driver's library open in there. */
    @Override
    public void close() throws IOException {
        try {
            unmount.run(folder.getParent(), "--lazy", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unmounting " + folder, e);
        }
    }

    private Path filler() {
        Path filler = folder.resolve("filler-" + fillers.size());
        fillers.add(filler);
        return filler;
    }
}
