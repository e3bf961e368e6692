package dev.berth.kit.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * The connections to one SQLite file: one that writes, a few that can only read. Blocking.
 *
 * <p>WAL lets readers go on while the writer works; {@code synchronous=FULL} makes a commit mean "on disk"; transactions
 * begin IMMEDIATE because a lock upgraded half-way can only fail. The driver begins the next as soon as one is committed,
 * so the right to write is kept while the database is open, and is not waited for behind another program.
 */
final class Database {
    static final int READERS = 4;

    private static final int BUSY_MILLIS = 5_000;
    private static final long WAIT_FOR_CONNECTION_MILLIS = 10_000;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final HikariDataSource writer;
    private final HikariDataSource readers;

    private Database(HikariDataSource writer, HikariDataSource readers) {
        this.writer = writer;
        this.readers = readers;
    }

    /** Opens {@code file}, or creates it for its owner only. */
    static Database open(Path file) throws IOException {
        keepPrivate(file);
        NativeLibrary.unpackBeside(file);
        HikariDataSource writer = pool("berth-sql-writer", source(file, writing()), 1, false);
        try {
            return new Database(writer, pool("berth-sql-reader", source(file, reading()), READERS, true));
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /** One connection that only reads; a missing file is an error, not a new database. */
    static Connection look(Path file) throws SQLException {
        return source(file, reading()).getConnection();
    }

    HikariDataSource writer() {
        return writer;
    }

    HikariDataSource readers() {
        return readers;
    }

    void close() {
        readers.close();
        writer.close();
    }

    /** The side files of the journal take their permissions from this one. */
    private static void keepPrivate(Path file) throws IOException {
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        } else {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
    }

    private static SQLiteConfig writing() {
        SQLiteConfig config = common();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        return config;
    }

    private static SQLiteConfig reading() {
        SQLiteConfig config = common();
        config.setReadOnly(true);
        return config;
    }

    private static SQLiteConfig common() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    private static HikariDataSource pool(String name, SQLiteDataSource source, int size, boolean readOnly) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setReadOnly(readOnly);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION_MILLIS);
        config.setMaxLifetime(0);
        return new HikariDataSource(config);
    }
}
