package dev.berth.catalog;

import dev.berth.image.Alias;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.UpdateSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Does the steps of a change to the rows, within the transaction of its connection. Blocking. */
final class StepWriter {
    private static final List<String> DETAILS = List.of("image_property", "image_profile", "image_file", "alias");

    private final Rows rows;

    private StepWriter(Rows rows) {
        this.rows = rows;
    }

    static void write(Connection connection, List<Step> steps) throws SQLException {
        StepWriter writer = new StepWriter(new Rows(connection));
        for (Step step : steps) {
            writer.write(step);
        }
    }

    private void write(Step step) throws SQLException {
        if (step instanceof Step.Put put) {
            put(put.image());
        } else if (step instanceof Step.Drop drop) {
            drop(drop.image());
        } else if (step instanceof Step.Touch touch) {
            touch(touch);
        } else {
            set(((Step.Set) step).settings());
        }
    }

    private void put(Image image) throws SQLException {
        putRecord(image);
        for (String table : DETAILS) {
            rows.change("delete from " + table + " where project = ? and fingerprint = ?", project(image), hex(image));
        }
        putProperties(image);
        putProfiles(image);
        putFiles(image);
        putAliases(image);
    }

    private void putRecord(Image image) throws SQLException {
        rows.change(
                "insert into image (project, fingerprint, type, architecture, visible, auto_update, cached, filename,"
                        + " created_at, uploaded_at, last_used_at, expires_at, source_server, source_protocol,"
                        + " source_certificate, source_alias, source_image_type, source_ourselves)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (project, fingerprint) do update set visible = excluded.visible,"
                        + " auto_update = excluded.auto_update, cached = excluded.cached,"
                        + " filename = excluded.filename,"
                        + " last_used_at = excluded.last_used_at, expires_at = excluded.expires_at,"
                        + " source_server = excluded.source_server, source_protocol = excluded.source_protocol,"
                        + " source_certificate = excluded.source_certificate, source_alias = excluded.source_alias,"
                        + " source_image_type = excluded.source_image_type,"
                        + " source_ourselves = excluded.source_ourselves",
                project(image), hex(image), image.type().wireName(), image.architecture().canonical(),
                image.visible(), image.autoUpdate(), image.cached(), image.filename(),
                Moments.toMicros(image.createdAt()), Moments.toMicros(image.uploadedAt()),
                Moments.toMicros(image.lastUsedAt()), Moments.toMicros(image.expiresAt()),
                source(image, UpdateSource::server), source(image, UpdateSource::protocol),
                source(image, UpdateSource::certificate), source(image, UpdateSource::alias),
                source(image, UpdateSource::imageType), image.source() != null && image.source().ourselves());
    }

    private void putProperties(Image image) throws SQLException {
        for (Map.Entry<String, String> property : image.properties().entrySet()) {
            rows.change(
                    "insert into image_property (project, fingerprint, name, value) values (?, ?, ?, ?)",
                    project(image), hex(image), property.getKey(), property.getValue());
        }
    }

    private void putProfiles(Image image) throws SQLException {
        long position = 0;
        for (String profile : image.profiles()) {
            rows.change(
                    "insert into image_profile (project, fingerprint, position, name) values (?, ?, ?, ?)",
                    project(image), hex(image), position++, profile);
        }
    }

    private void putFiles(Image image) throws SQLException {
        long position = 0;
        for (ImageFile file : image.files()) {
            rows.change(
                    "insert into image_file (project, fingerprint, position, role, blob, size, extension)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    project(image), hex(image), position++, file.role().partName(), file.blob().hex(), file.size(),
                    file.extension());
        }
    }

    private void putAliases(Image image) throws SQLException {
        for (Alias alias : image.aliases()) {
            rows.change(
                    "insert into alias (project, name, fingerprint, description) values (?, ?, ?, ?)",
                    project(image), alias.name(), hex(image), alias.description());
        }
    }

    /** Everything that belongs to it goes by the foreign keys. */
    private void drop(Image image) throws SQLException {
        rows.change("delete from image where project = ? and fingerprint = ?", project(image), hex(image));
    }

    private void touch(Step.Touch touch) throws SQLException {
        rows.change(
                "update image set last_used_at = ? where project = ? and fingerprint = ?",
                Moments.toMicros(touch.usedAt()), touch.project(), touch.fingerprint().hex());
    }

    private void set(Map<String, String> settings) throws SQLException {
        rows.change("delete from setting");
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            rows.change("insert into setting (name, value) values (?, ?)", setting.getKey(), setting.getValue());
        }
    }

    private static String project(Image image) {
        return image.project();
    }

    private static String hex(Image image) {
        return image.fingerprint().hex();
    }

    private static String source(Image image, Function<UpdateSource, String> part) {
        return image.source() == null ? null : part.apply(image.source());
    }
}
