package dev.berth.trust;

import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract.Purpose;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Tokens on disk, so that they outlive a restart. Blocking. */
final class TokenTable {
    private TokenTable() {}

    static List<Token> all(Connection connection) throws SQLException {
        return Rows.read(connection, "SELECT * FROM token ORDER BY granted_at, operation", TokenTable::token);
    }

    static int insert(Connection connection, Token token) throws SQLException {
        return Rows.write(
                connection,
                "INSERT INTO token (operation, purpose, project, fingerprint, secret, metadata, granted_at, expires_at,"
                        + " username, protocol, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                token.operation(),
                token.purpose().name(),
                token.project(),
                token.fingerprint(),
                token.secret(),
                JsonText.write(token.metadata()),
                token.grantedAt().toEpochMilli(),
                token.expiresAt() == null ? null : token.expiresAt().toEpochMilli(),
                token.requestor().username(),
                token.requestor().protocol(),
                token.requestor().address());
    }

    /** @return true for exactly one of all who try */
    static boolean use(Connection connection, Token token, Instant now) throws SQLException {
        return Rows.write(
                        connection,
                        "UPDATE token SET used_at = ? WHERE operation = ? AND used_at IS NULL",
                        now.toEpochMilli(),
                        token.operation())
                == 1;
    }

    static Void delete(Connection connection, List<Token> tokens) throws SQLException {
        for (Token token : tokens) {
            Rows.write(connection, "DELETE FROM token WHERE operation = ?", token.operation());
        }
        return null;
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getString("operation"),
                Purpose.valueOf(row.getString("purpose")),
                row.getString("project"),
                row.getString("fingerprint"),
                row.getString("secret"),
                JsonText.anything(row.getString("metadata")),
                time(row, "granted_at"),
                time(row, "expires_at"),
                time(row, "used_at"),
                new Requestor(row.getString("username"), row.getString("protocol"), row.getString("address")));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
