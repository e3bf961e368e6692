package dev.berth.kit.disk;

import java.io.IOException;

/** No room: blocks, inodes or quota. */
public final class DiskFull extends IOException {
    public DiskFull(String message, IOException cause) {
        super(message, cause);
    }
}
