package dev.berth.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.LocalDisk;
import dev.berth.kit.disk.OutFile;
import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    @Test
    void what_comes_after_the_first_bytes_does_not_stay_in_the_page_cache() throws Exception {
        RealTool.need(!Files.getFileStore(root).type().equals("tmpfs"), root + " lies on a tmpfs, which is the page cache");
        Path file = root.resolve("file");
        try (OutFile out = disk().createUnread(file, 2 << 20)) {
            out.write(ByteBuffer.wrap(new byte[16 << 20]));
            out.force();
            RealTool.need(out.cachedBytes(16 << 20) == wholePieces(2 << 20), "the file system of " + root + " cannot write past the page cache");
        }

        assertThat(disk().length(file)).hasValue(16 << 20);
        assertThat(cachedBytes(file)).isLessThan(3 << 20);
    }

    private static long wholePieces(long bytes) {
        return (bytes + PIECE - 1) / PIECE * PIECE;
    }

    private static long cachedBytes(Path file) throws Exception {
        String fincore = RealTool.named("fincore").program().toString();
        Process process = new ProcessBuilder(fincore, "--bytes", "--noheadings", "--output", "RES", file.toString()).start();
        String bytes = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        return Long.parseLong(bytes);
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
