package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.app.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

    @TempDir
    Path folder;

    @Test
    void a_second_service_is_told_why_it_cannot_have_the_directory() throws Exception {
        DataLock first = DataLock.take(folder);

        assertThatThrownBy(() -> DataLock.take(folder))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(folder + " is in use by another berth")
                .hasMessageContaining("--data");
        first.release();
        DataLock.take(folder).release();
    }

    @Test
    void a_lock_file_that_nobody_holds_means_nothing() throws Exception {
        Files.createFile(folder.resolve("berth.lock"));

        DataLock.take(folder).release();
        DataLock.take(folder).release();
    }

    @Test
    void the_directory_is_made_for_its_owner_only() throws Exception {
        Path data = folder.resolve("a/b");

        DataLock.take(data).release();

        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PRIVATE);
    }

    @Test
    void a_directory_of_somebody_else_keeps_its_mode_and_is_refused_in_words() throws Exception {
        Path home = open(folder.resolve("home"));
        Files.createFile(home.resolve("letter"));

        assertThatThrownBy(() -> DataLock.take(home))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("expected an empty directory or one of Berth's own, got " + home)
                .hasMessageContaining("chmod 700");
        assertThat(Files.getPosixFilePermissions(home)).isEqualTo(OPEN);
        assertThat(home.resolve("berth.lock")).doesNotExist();
    }

    @Test
    void a_directory_that_was_opened_by_mistake_is_closed_again_when_it_is_empty_or_ours() throws Exception {
        Path empty = open(folder.resolve("empty"));
        Path ours = open(folder.resolve("ours"));
        Files.createFile(ours.resolve("berth.db"));
        Path keysOnly = open(folder.resolve("keys-only"));
        Files.createDirectory(keysOnly.resolve("keys"));

        for (Path each : List.of(empty, ours, keysOnly)) {
            DataLock.take(each).release();
            assertThat(Files.getPosixFilePermissions(each)).isEqualTo(PRIVATE);
        }
    }

    @Test
    void a_private_directory_may_hold_other_things() throws Exception {
        Files.createDirectory(folder.resolve("lost+found"));

        DataLock.take(folder).release();
    }

    @Test
    void a_directory_that_cannot_be_made_is_named() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataLock.take(file.resolve("data"))).hasMessageContaining("cannot use the data directory");
    }

    private static Path open(Path folder) throws IOException {
        return Files.setPosixFilePermissions(Files.createDirectory(folder), OPEN);
    }
}
