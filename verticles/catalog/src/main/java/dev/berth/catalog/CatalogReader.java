package dev.berth.catalog;

import dev.berth.image.Fingerprint;
import dev.berth.image.ImageFile;
import dev.berth.kit.sql.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks into the catalog of a stopped service, to compare it with the blobs there are. Changes nothing. Blocking. */
public final class CatalogReader {
    private CatalogReader() {}

    /** @param file one file that an image of that project consists of */
    public record Reference(String project, Fingerprint fingerprint, ImageFile file) {}

    /**
     * All references, by project and fingerprint, metadata before rootfs.
     *
     * @param database the service's {@code berth.db}
     * @throws SQLException when it is no such file, or a damaged one
     */
    public static List<Reference> references(Path database) throws SQLException {
        return Sql.look(database, connection -> {
            List<Reference> references = new ArrayList<>();
            new Rows(connection)
                    .each(
                            "select project, fingerprint, role, blob, size, extension from image_file"
                                    + " order by project, fingerprint, position",
                            row -> references.add(new Reference(
                                    row.getString("project"),
                                    new Fingerprint(row.getString("fingerprint")),
                                    SnapshotReader.file(row))));
            return references;
        });
    }
}
