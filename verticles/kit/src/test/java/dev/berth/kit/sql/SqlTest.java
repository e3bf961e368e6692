package dev.berth.kit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlTest {
    @TempDir
    private Path folder;

    private Vertx vertx;
    private Sql sql;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        sql = await(Sql.open(vertx, file()));
        await(sql.migrate("sqltest"));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void what_was_written_is_read_by_the_next() throws Exception {
        await(sql.write(c -> insert(c, "first")));

        assertThat(await(sql.read(SqlTest::names))).containsExactly("first");
    }

    @Test
    void a_write_that_throws_leaves_nothing_behind() throws Exception {
        Future<Object> write = sql.write(c -> {
            insert(c, "half");
            throw new IllegalStateException("the plug was pulled");
        });

        assertThatThrownBy(() -> await(write)).hasRootCauseMessage("the plug was pulled");
        assertThat(await(sql.read(SqlTest::names))).isEmpty();
        await(sql.write(c -> insert(c, "whole")));
        assertThat(await(sql.read(SqlTest::names))).containsExactly("whole");
    }

    @Test
    void a_full_database_fails_the_write_and_keeps_what_was_there() throws Exception {
        await(sql.write(c -> insert(c, "before")));

        Future<Integer> write = sql.write(c -> {
            execute(c, "pragma max_page_count = 8");
            return insert(c, "x".repeat(200_000));
        });

        assertThatThrownBy(() -> await(write)).hasMessageContaining("SQLITE_FULL");
        assertThat(await(sql.read(SqlTest::names))).containsExactly("before");
        await(sql.write(c -> insert(c, "small")));
        assertThat(await(sql.read(SqlTest::names))).containsExactly("before", "small");
    }

    /** On a busy machine the work may be done between two lines of the caller. */
    @Test
    void steps_run_in_the_order_they_were_added_even_when_the_work_is_done_between() throws Exception {
        List<String> order = new ArrayList<>();
        Promise<Void> both = Promise.promise();

        vertx.runOnContext(start -> {
            Future<Integer> work = sql.read(c -> 1).onSuccess(done -> order.add("first"));
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
            while (!work.isComplete() && System.nanoTime() < end) {
                LockSupport.parkNanos(100_000);
            }
            work.onSuccess(done -> order.add("second")).onComplete(done -> both.complete());
        });

        await(both.future());
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void readers_cannot_write() {
        assertThatThrownBy(() -> await(sql.read(c -> insert(c, "sly")))).hasMessageContaining("READONLY");
    }

    @Test
    void no_other_program_gets_in_between_two_writes() throws Exception {
        await(sql.write(c -> insert(c, "ours")));

        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            execute(other, "pragma busy_timeout = 0");
            assertThatThrownBy(() -> execute(other, "begin immediate")).hasMessageContaining("SQLITE_BUSY");
            assertThat(names(other)).containsExactly("ours");
        }
        await(sql.write(c -> insert(c, "ours too")));
    }

    @Test
    void writes_happen_in_the_order_they_were_asked_for() throws Exception {
        List<Future<Integer>> writes = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String name = "n" + i;
            expected.add(name);
            writes.add(sql.write(c -> insert(c, name)));
        }
        await(Future.all(writes));

        assertThat(await(sql.read(SqlTest::names))).isEqualTo(expected);
    }

    @Test
    void a_second_life_finds_everything_and_migrates_nothing_twice() throws Exception {
        await(sql.write(c -> insert(c, "kept")));
        await(sql.close());

        Sql again = await(Sql.open(vertx, file()));
        await(again.migrate("sqltest"));

        assertThat(await(again.read(SqlTest::names))).containsExactly("kept");
        await(again.close());
    }

    @Test
    void two_features_share_a_file_with_a_history_each() throws Exception {
        await(sql.migrate("sqlother"));

        List<String> tables = await(sql.read(c -> texts(c, "select name from sqlite_master where type = 'table'")));
        assertThat(tables).contains("thing", "other", "sqltest_schema_history", "sqlother_schema_history");
    }

    @Test
    void only_the_owner_may_read_the_file_and_its_journal() throws Exception {
        await(sql.write(c -> insert(c, "secret")));

        assertThat(permissions("berth.db")).isEqualTo("rw-------");
        assertThat(permissions("berth.db-wal")).isEqualTo("rw-------");
    }

    @Test
    void a_commit_means_on_disk() throws Exception {
        assertThat(pragma("synchronous")).containsExactly("2");
        assertThat(pragma("journal_mode")).containsExactly("wal");
        assertThat(pragma("foreign_keys")).containsExactly("1");
    }

    @Test
    void a_folder_that_is_not_there_fails_the_opening() {
        assertThatThrownBy(() -> await(Sql.open(vertx, folder.resolve("missing/berth.db")))).hasMessageContaining("missing");
    }

    private List<String> pragma(String name) throws Exception {
        return await(sql.write(connection -> texts(connection, "pragma " + name)));
    }

    private Path file() {
        return folder.resolve("berth.db");
    }

    private String permissions(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    private static int insert(Connection connection, String name) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into thing (name) values (?)")) {
            insert.setString(1, name);
            return insert.executeUpdate();
        }
    }

    private static boolean execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(text);
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        return texts(connection, "select name from thing order by id");
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
