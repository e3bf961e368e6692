package dev.berth.testkit.disk;

import dev.berth.kit.disk.DiskEntry;
import java.nio.file.Path;

/** A file or a directory of the fake disk, as an inode: names are kept by the directories that hold it. */
sealed interface FakeNode permits FakeFile, FakeDirectory {
    long length();

    DiskEntry entry(Path path);
}
