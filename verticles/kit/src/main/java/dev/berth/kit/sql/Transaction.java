package dev.berth.kit.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.berth.kit.sql.Sql.SqlWork;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** All of some work, or nothing of it. Blocking. */
final class Transaction {
    private static final int PRIMARY_CODE = 0xff;

    private Transaction() {}

    static <T> T run(HikariDataSource pool, SqlWork<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                giveUp(pool, connection, e);
                throw e;
            }
        }
    }

    private static void giveUp(HikariDataSource pool, Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            pool.evictConnection(connection);
            return;
        }
        if (cause instanceof SQLException sql && isBroken(sql)) {
            pool.evictConnection(connection);
        }
    }

    /** After an input/output error the pages a connection remembers are not to be trusted; the next one reads anew. */
    private static boolean isBroken(SQLException e) {
        int code = e.getErrorCode() & PRIMARY_CODE;
        return code == SQLiteErrorCode.SQLITE_IOERR.code
                || code == SQLiteErrorCode.SQLITE_CORRUPT.code
                || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }
}
