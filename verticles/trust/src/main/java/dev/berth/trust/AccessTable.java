package dev.berth.trust;

import dev.berth.contract.PathPrefix;
import dev.berth.contract.TrustContract.Access;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tokens for reading on disk. Blocking. */
final class AccessTable {
    private AccessTable() {}

    static List<KeptAccess> all(Connection connection) throws SQLException {
        Map<String, List<PathPrefix>> paths = paths(connection);
        return Rows.read(
                connection,
                "SELECT name, digest, created_at, expires_at FROM access ORDER BY name",
                row -> new KeptAccess(
                        row.getString("digest"),
                        new Access(
                                row.getString("name"),
                                List.copyOf(paths.getOrDefault(row.getString("name"), List.of())),
                                Instant.ofEpochMilli(row.getLong("created_at")),
                                row.getObject("expires_at") == null
                                        ? null
                                        : Instant.ofEpochMilli(row.getLong("expires_at")))));
    }

    static void insert(Connection connection, KeptAccess kept) throws SQLException {
        Access access = kept.access();
        Rows.write(
                connection,
                "INSERT INTO access (name, digest, created_at, expires_at) VALUES (?, ?, ?, ?)",
                access.name(),
                kept.digest(),
                access.createdAt().toEpochMilli(),
                access.expiresAt() == null ? null : access.expiresAt().toEpochMilli());
        for (PathPrefix path : access.paths()) {
            Rows.write(
                    connection,
                    "INSERT INTO access_path (access, path) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    access.name(),
                    path.text());
        }
    }

    /** @return whether it was there */
    static boolean delete(Connection connection, String name) throws SQLException {
        return Rows.write(connection, "DELETE FROM access WHERE name = ?", name) > 0;
    }

    private static Map<String, List<PathPrefix>> paths(Connection connection) throws SQLException {
        Map<String, List<PathPrefix>> paths = new HashMap<>();
        Rows.read(
                connection,
                "SELECT access, path FROM access_path ORDER BY access, path",
                row -> paths.computeIfAbsent(row.getString("access"), name -> new ArrayList<>())
                        .add(new PathPrefix(row.getString("path"))));
        return paths;
    }
}
