package dev.berth.trust;

import dev.berth.contract.TrustContract.Project;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Projects on disk. Blocking. */
final class ProjectTable {
    private ProjectTable() {}

    static List<Project> all(Connection connection) throws SQLException {
        Map<String, Map<String, String>> configs = configs(connection);
        return Rows.read(
                connection,
                "SELECT name, description FROM project ORDER BY name",
                row -> new Project(
                        row.getString("name"),
                        row.getString("description"),
                        configs.getOrDefault(row.getString("name"), Map.of())));
    }

    static void insert(Connection connection, Project project) throws SQLException {
        Rows.write(
                connection,
                "INSERT INTO project (name, description) VALUES (?, ?)",
                project.name(),
                project.description());
        insertConfig(connection, project);
    }

    static void update(Connection connection, Project project) throws SQLException {
        Rows.write(
                connection, "UPDATE project SET description = ? WHERE name = ?", project.description(), project.name());
        Rows.write(connection, "DELETE FROM project_config WHERE project = ?", project.name());
        insertConfig(connection, project);
    }

    /** Everything that refers to the project follows. */
    static void rename(Connection connection, String name, String newName) throws SQLException {
        Rows.write(connection, "UPDATE project SET name = ? WHERE name = ?", newName, name);
    }

    /** Its config, its profiles, and its place in certificates go with it. */
    static void delete(Connection connection, String name) throws SQLException {
        Rows.write(connection, "DELETE FROM project WHERE name = ?", name);
    }

    private static void insertConfig(Connection connection, Project project) throws SQLException {
        for (Map.Entry<String, String> entry : project.config().entrySet()) {
            Rows.write(
                    connection,
                    "INSERT INTO project_config (project, key, value) VALUES (?, ?, ?)",
                    project.name(),
                    entry.getKey(),
                    entry.getValue());
        }
    }

    private static Map<String, Map<String, String>> configs(Connection connection) throws SQLException {
        Map<String, Map<String, String>> configs = new HashMap<>();
        Rows.read(
                connection,
                "SELECT project, key, value FROM project_config",
                row -> configs.computeIfAbsent(row.getString("project"), key -> new TreeMap<>())
                        .put(row.getString("key"), row.getString("value")));
        return configs;
    }
}
