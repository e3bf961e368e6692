package dev.berth.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.catalog.CatalogReader.Reference;
import dev.berth.image.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogReaderTest {
    private static final Image SPLIT = Samples.split(1, "rootfs");

    @TempDir
    private Path folder;

    @Test
    void references_of_a_stopped_service_are_read() throws Exception {
        RunningCatalog.with(folder, List.of(SPLIT)).close();

        assertThat(CatalogReader.references(folder.resolve("berth.db"))).isEqualTo(references());
        assertThat(CatalogReader.references(folder.resolve("berth.db"))).isEqualTo(references());
    }

    @Test
    void references_of_a_killed_service_are_read_from_its_journal() throws Exception {
        Path after = Files.createDirectories(folder.resolve("after"));
        try (RunningCatalog running = RunningCatalog.in(folder)) {
            running.keep(SPLIT);
            Files.copy(folder.resolve("berth.db"), after.resolve("berth.db"));
            Files.copy(folder.resolve("berth.db-wal"), after.resolve("berth.db-wal"));
        }

        assertThat(CatalogReader.references(after.resolve("berth.db"))).isEqualTo(references());
    }

    @Test
    void a_missing_or_damaged_file_is_an_error_and_stays_as_it_is() throws Exception {
        Path missing = folder.resolve("none.db");
        Path damaged = Files.writeString(folder.resolve("bad.db"), "this is no database, ".repeat(100));

        assertThatThrownBy(() -> CatalogReader.references(missing)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> CatalogReader.references(damaged)).isInstanceOf(SQLException.class);
        assertThat(missing).doesNotExist();
    }

    private static List<Reference> references() {
        return SPLIT.files().stream()
                .map(file -> new Reference("default", SPLIT.fingerprint(), file))
                .toList();
    }
}
