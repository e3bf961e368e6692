package dev.berth.trust;

import dev.berth.contract.TrustContract.Profile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Profiles on disk. Blocking. */
final class ProfileTable {
    private ProfileTable() {}

    static List<Profile> all(Connection connection) throws SQLException {
        return Rows.read(
                connection,
                "SELECT project, name, description, config, devices FROM profile ORDER BY project, name",
                row -> new Profile(
                        row.getString("project"),
                        row.getString("name"),
                        row.getString("description"),
                        JsonText.texts(row.getString("config")),
                        JsonText.textsByName(row.getString("devices"))));
    }

    /** Adds or replaces. */
    static void put(Connection connection, Profile profile) throws SQLException {
        delete(connection, profile.project(), profile.name());
        Rows.write(
                connection,
                "INSERT INTO profile (project, name, description, config, devices) VALUES (?, ?, ?, ?, ?)",
                profile.project(),
                profile.name(),
                profile.description(),
                JsonText.write(profile.config()),
                JsonText.write(profile.devices()));
    }

    /** The one profile that every project has. */
    static void putDefault(Connection connection, String project) throws SQLException {
        put(connection, new Profile(
                project, TrustSnapshot.DEFAULT, "Default profile for project " + project, Map.of(), Map.of()));
    }

    static void delete(Connection connection, String project, String name) throws SQLException {
        Rows.write(connection, "DELETE FROM profile WHERE project = ? AND name = ?", project, name);
    }
}
