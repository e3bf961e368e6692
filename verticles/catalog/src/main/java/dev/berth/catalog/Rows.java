package dev.berth.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** The two things one does with rows. Blocking. */
final class Rows {
    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    /** What is done with one row. */
    @FunctionalInterface
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    /** Runs one change; {@code values} take the places of its question marks, null included. */
    void change(String statement, Object... values) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                bind(prepared, i + 1, values[i]);
            }
            prepared.executeUpdate();
        }
    }

    /** Reads all rows of {@code query}. */
    void each(String query, Row row) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(query);
                ResultSet rows = prepared.executeQuery()) {
            while (rows.next()) {
                row.read(rows);
            }
        }
    }

    private static void bind(PreparedStatement prepared, int place, Object value) throws SQLException {
        if (value == null) {
            prepared.setNull(place, Types.VARCHAR);
        } else {
            prepared.setObject(place, value);
        }
    }
}
