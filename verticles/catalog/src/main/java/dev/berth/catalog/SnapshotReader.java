package dev.berth.catalog;

import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.image.UpdateSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the whole catalog, table by table, in one moment of the database. Blocking. */
final class SnapshotReader {
    private final Rows rows;
    private final Map<String, Details> details = new HashMap<>();
    /** Property names and architectures repeat ten thousand times; one copy of each is enough. */
    private final Map<String, String> texts = new HashMap<>();

    private SnapshotReader(Rows rows) {
        this.rows = rows;
    }

    static Snapshot read(Connection connection) throws SQLException {
        return new SnapshotReader(new Rows(connection)).read();
    }

    private Snapshot read() throws SQLException {
        rows.each("select project, fingerprint, name, value from image_property", row ->
                of(row).properties.put(shared(row, "name"), shared(row, "value")));
        rows.each("select project, fingerprint, name from image_profile order by position", row ->
                of(row).profiles.add(shared(row, "name")));
        rows.each("select project, fingerprint, role, blob, size, extension from image_file order by position", row ->
                of(row).files.add(file(row)));
        rows.each("select project, fingerprint, name, description from alias order by name", row ->
                of(row).aliases.add(new Alias(row.getString("name"), row.getString("description"))));
        List<Image> images = new ArrayList<>();
        rows.each("select * from image", row -> images.add(image(row)));
        return Snapshot.of(images, settings());
    }

    private Map<String, String> settings() throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        rows.each("select name, value from setting", row ->
                settings.put(row.getString("name"), row.getString("value")));
        return settings;
    }

    private Image image(ResultSet row) throws SQLException {
        Details its = of(row);
        return new Image(
                shared(row, "project"), new Fingerprint(row.getString("fingerprint")),
                ImageType.of(row.getString("type")), architecture(row.getString("architecture")),
                row.getBoolean("visible"), row.getBoolean("auto_update"), row.getBoolean("cached"),
                row.getString("filename"), its.properties, its.aliases, its.profiles, its.files,
                time(row, "created_at"), time(row, "uploaded_at"), time(row, "last_used_at"), time(row, "expires_at"),
                source(row));
    }

    /** Reads a file from a row of {@code image_file}. */
    static ImageFile file(ResultSet row) throws SQLException {
        return new ImageFile(
                role(row.getString("role")), new BlobId(row.getString("blob")), row.getLong("size"),
                row.getString("extension"));
    }

    private static UpdateSource source(ResultSet row) throws SQLException {
        String server = row.getString("source_server");
        return server == null
                ? null
                : new UpdateSource(
                        server, row.getString("source_protocol"), row.getString("source_certificate"),
                        row.getString("source_alias"), row.getString("source_image_type"),
                        row.getBoolean("source_ourselves"));
    }

    private static Architecture architecture(String name) {
        return Architecture.find(name)
                .orElseThrow(() -> new IllegalStateException("the catalog names an unknown architecture: " + name));
    }

    private static ImageFile.Role role(String name) {
        for (ImageFile.Role role : ImageFile.Role.values()) {
            if (role.partName().equals(name)) {
                return role;
            }
        }
        throw new IllegalStateException("the catalog names an unknown part of an image: " + name);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Moments.ofMicros(row.getLong(column));
    }

    private String shared(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return texts.computeIfAbsent(text, same -> same);
    }

    private Details of(ResultSet row) throws SQLException {
        String key = row.getString("project") + '\n' + row.getString("fingerprint");
        return details.computeIfAbsent(key, unused -> new Details());
    }

    /** What the other tables know about one image. */
    private static final class Details {
        private final Map<String, String> properties = new TreeMap<>();
        private final List<String> profiles = new ArrayList<>();
        private final List<ImageFile> files = new ArrayList<>();
        private final List<Alias> aliases = new ArrayList<>();
    }
}
