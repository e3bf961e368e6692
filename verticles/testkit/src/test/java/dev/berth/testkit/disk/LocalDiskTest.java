package dev.berth.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class LocalDiskTest extends DiskContract {
    @Override
    protected Disk disk() {
        return new LocalDisk();
    }

    @Test
    @DisplayName("reliability S41: nobody else may read what the store keeps")
    void files_and_directories_are_private() throws IOException {
        disk().createDirectories(root.resolve("a/b"));
        disk().createExclusive(root.resolve("a/b/file")).close();

        assertThat(modeOf(root.resolve("a"))).isEqualTo("rwx------");
        assertThat(modeOf(root.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(modeOf(root.resolve("a/b/file"))).isEqualTo("rw-------");
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
