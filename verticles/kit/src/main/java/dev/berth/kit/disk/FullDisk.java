package dev.berth.kit.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tells a full disk from other failures. Java knows no type for it, only the C library's words. */
final class FullDisk {
    private static final List<String> WORDS = List.of("No space left on device", "Disk quota exceeded");

    private FullDisk() {}

    /** {@link DiskFull} when {@code cause} says so, else {@code cause}. */
    static IOException named(Path path, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        boolean full = WORDS.stream().anyMatch(message::contains);
        return full ? new DiskFull("no space left on the disk for " + path.getFileName(), cause) : cause;
    }
}
