package dev.berth.kit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReserveTest {
    private static final int FULL = 13;
    private static final int READ_ONLY = 8;

    @TempDir
    Path folder;

    private final AtomicInteger tries = new AtomicInteger();
    private Path file;
    private Reserve reserve;

    @BeforeEach
    void make() {
        file = folder.resolve("it.db.reserve");
        reserve = Reserve.beside(folder.resolve("it.db"));
    }

    @Test
    void there_is_really_space_behind_it() {
        assertThat(file).hasSize(Reserve.BYTES);
    }

    @Test
    void a_write_on_a_full_disk_is_tried_again_without_the_reserve() throws SQLException {
        String done = reserve.behind(() -> writeUnless(Files.exists(file), FULL));

        assertThat(done).isEqualTo("done");
        assertThat(tries).hasValue(2);
    }

    @Test
    void it_comes_back_with_the_next_write_that_finds_room() throws SQLException {
        reserve.behind(() -> writeUnless(Files.exists(file), FULL));
        assertThat(file).doesNotExist();

        reserve.behind(() -> writeUnless(false, FULL));
        assertThat(file).hasSize(Reserve.BYTES);
    }

    @Test
    void a_disk_that_stays_full_fails_the_write_after_the_second_try() {
        assertThatThrownBy(() -> reserve.behind(() -> writeUnless(true, FULL))).hasMessage("no");
        assertThat(tries).hasValue(2);
        assertThatThrownBy(() -> reserve.behind(() -> writeUnless(true, FULL))).hasMessage("no");
        assertThat(tries).hasValue(3);
    }

    @Test
    void other_failures_are_not_tried_again() {
        assertThatThrownBy(() -> reserve.behind(() -> writeUnless(true, READ_ONLY))).hasMessage("no");

        assertThat(tries).hasValue(1);
        assertThat(file).exists();
    }

    private String writeUnless(boolean refused, int code) throws SQLException {
        tries.incrementAndGet();
        if (refused) {
            throw new SQLException("no", "", code);
        }
        return "done";
    }
}
