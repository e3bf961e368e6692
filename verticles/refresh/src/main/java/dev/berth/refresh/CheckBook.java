package dev.berth.refresh;

import dev.berth.image.Fingerprint;
import dev.berth.kit.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps comparisons over restarts, in {@code refresh_check}. Written together a moment later: many end at once, and one
 * that is lost is only repeated. Event loop of the verticle only.
 */
final class CheckBook {
    private static final Logger LOG = LoggerFactory.getLogger(CheckBook.class);
    private static final long DELAY_MILLIS = 1_000;

    private final Vertx vertx;
    private final Sql sql;
    /** What is to be written; null is to be forgotten. */
    private final Map<RecordKey, LastLook> pending = new HashMap<>();

    CheckBook(Vertx vertx, Sql sql) {
        this.vertx = vertx;
        this.sql = sql;
    }

    Future<List<LastLook>> read() {
        return sql.migrate("refresh").compose(migrated -> sql.read(CheckBook::rows));
    }

    void note(LastLook look) {
        later(look.key(), look);
    }

    void forget(Collection<RecordKey> keys) {
        keys.forEach(key -> later(key, null));
    }

    /** Writes what waits. Never fails: a comparison that is not remembered is repeated. */
    Future<Void> flush() {
        Map<RecordKey, LastLook> changes = new HashMap<>(pending);
        pending.clear();
        if (changes.isEmpty()) {
            return Future.succeededFuture();
        }
        return sql.<Void>write(connection -> {
                    write(connection, changes);
                    return null;
                })
                .onFailure(cause -> LOG.warn("{} comparisons could not be noted", changes.size(), cause))
                .transform(done -> Future.succeededFuture());
    }

    private void later(RecordKey key, LastLook look) {
        if (pending.isEmpty()) {
            vertx.setTimer(DELAY_MILLIS, timer -> flush());
        }
        pending.put(key, look);
    }

    private static void write(Connection connection, Map<RecordKey, LastLook> changes) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(
                        "delete from refresh_check where project = ? and fingerprint = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into refresh_check (checked_at, outcome, project, fingerprint) values (?, ?, ?, ?)")) {
            for (Map.Entry<RecordKey, LastLook> change : changes.entrySet()) {
                key(forget, 1, change.getKey());
                forget.executeUpdate();
                if (change.getValue() != null) {
                    insert(insert, change.getValue());
                }
            }
        }
    }

    private static void insert(PreparedStatement insert, LastLook look) throws SQLException {
        insert.setLong(1, ChronoUnit.MICROS.between(Instant.EPOCH, look.at()));
        insert.setString(2, look.outcome());
        key(insert, 3, look.key());
        insert.executeUpdate();
    }

    private static void key(PreparedStatement statement, int first, RecordKey key) throws SQLException {
        statement.setString(first, key.project());
        statement.setString(first + 1, key.fingerprint().hex());
    }

    private static List<LastLook> rows(Connection connection) throws SQLException {
        List<LastLook> looks = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "select project, fingerprint, checked_at, outcome from refresh_check");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                RecordKey key = new RecordKey(row.getString(1), new Fingerprint(row.getString(2)));
                looks.add(new LastLook(key, Instant.EPOCH.plus(row.getLong(3), ChronoUnit.MICROS), row.getString(4)));
            }
        }
        return looks;
    }
}
