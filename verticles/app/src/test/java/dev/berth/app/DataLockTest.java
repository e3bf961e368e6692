package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.app.cli.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
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

        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void a_directory_that_cannot_be_made_is_named() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataLock.take(file.resolve("data"))).hasMessageContaining("cannot use the data directory");
    }
}
