package dev.berth.trust;

import dev.berth.contract.TrustContract.Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Certificates on disk. Blocking. */
final class CertificateTable {
    private CertificateTable() {}

    static List<Certificate> all(Connection connection) throws SQLException {
        Map<String, List<String>> projects = projects(connection);
        return Rows.read(
                connection,
                "SELECT fingerprint, name, type, restricted, pem, description FROM certificate ORDER BY fingerprint",
                row -> new Certificate(
                        row.getString("fingerprint"),
                        row.getString("name"),
                        row.getString("type"),
                        row.getBoolean("restricted"),
                        projects.getOrDefault(row.getString("fingerprint"), List.of()),
                        row.getString("pem"),
                        row.getString("description")));
    }

    static void insert(Connection connection, Certificate certificate) throws SQLException {
        Rows.write(
                connection,
                "INSERT INTO certificate (fingerprint, name, type, restricted, pem, description) VALUES (?, ?, ?, ?, ?, ?)",
                certificate.fingerprint(),
                certificate.name(),
                certificate.type(),
                certificate.restricted(),
                certificate.pem(),
                certificate.description());
        for (String project : certificate.projects()) {
            Rows.write(
                    connection,
                    "INSERT INTO certificate_project (certificate, project) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    certificate.fingerprint(),
                    project);
        }
    }

    /** @return whether it was there */
    static boolean delete(Connection connection, String fingerprint) throws SQLException {
        return Rows.write(connection, "DELETE FROM certificate WHERE fingerprint = ?", fingerprint) > 0;
    }

    private static Map<String, List<String>> projects(Connection connection) throws SQLException {
        Map<String, List<String>> projects = new HashMap<>();
        Rows.read(
                connection,
                "SELECT certificate, project FROM certificate_project ORDER BY certificate, project",
                row -> projects.computeIfAbsent(row.getString("certificate"), key -> new ArrayList<>())
                        .add(row.getString("project")));
        return projects;
    }
}
