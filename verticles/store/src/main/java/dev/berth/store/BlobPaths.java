package dev.berth.store;

import dev.berth.image.BlobId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The only class that builds paths.
 *
 * <pre>
 * &lt;data&gt;/
 *   blobs/sha256/ab/abcdef…    one file per distinct content; its name is its SHA-256, so sha256sum proves it
 *   staging/&lt;ticket&gt;-&lt;n&gt;       bytes on their way in; emptied at start-up
 *   quarantine/abcdef…-&lt;n&gt;     what lay under a blob's name and was not that blob
 * </pre>
 *
 * <p>Only 64 lower-case hex digits become a blob's name, which {@link BlobId} has checked; a ticket is reduced to harmless
 * letters.
 */
final class BlobPaths {
    private static final int LONGEST_TICKET = 80;

    private final Path data;
    private final Path blobs;
    private final Path staging;
    private final Path quarantine;

    BlobPaths(Path dataDir) {
        this.data = dataDir.toAbsolutePath().normalize();
        this.blobs = data.resolve("blobs").resolve("sha256");
        this.staging = data.resolve("staging");
        this.quarantine = data.resolve("quarantine");
    }

    Path blobs() {
        return blobs;
    }

    Path staging() {
        return staging;
    }

    Path quarantine() {
        return quarantine;
    }

    /** All directories that must be there from the start. */
    List<Path> directories() {
        return List.of(blobs, staging, quarantine);
    }

    /** All directories that hold the names of {@link #directories()}, the innermost first. */
    List<Path> chain() {
        return List.of(blobs.getParent(), data, data.getParent() == null ? data : data.getParent());
    }

    /** What is above these, the innermost first. Some of it may be as new as the data directory is. */
    List<Path> above() {
        List<Path> above = new ArrayList<>();
        Path parent = data.getParent();
        while (parent != null && parent.getParent() != null) {
            parent = parent.getParent();
            above.add(parent);
        }
        return above;
    }

    /** The directory that holds the blob, one of 256. */
    Path shelfOf(BlobId blob) {
        return blobs.resolve(blob.hex().substring(0, 2));
    }

    Path blob(BlobId blob) {
        return shelfOf(blob).resolve(blob.hex());
    }

    /** @param number makes the name unique within this process */
    Path staging(String ticket, long number) {
        String safe = ticket.replaceAll("[^A-Za-z0-9_-]", "_");
        return staging.resolve(safe.substring(0, Math.min(safe.length(), LONGEST_TICKET)) + "-" + number);
    }

    /** @param number makes the name unique */
    Path quarantined(BlobId blob, long number) {
        return quarantine.resolve(blob.hex() + "-" + number);
    }

    /** The blob that a file's place says it is, or nothing when no blob belongs there. */
    Optional<BlobId> blobAt(Path file) {
        String name = file.getFileName().toString();
        if (!name.matches("[0-9a-f]{64}")) {
            return Optional.empty();
        }
        BlobId blob = new BlobId(name);
        return blob(blob).equals(file) ? Optional.of(blob) : Optional.empty();
    }
}
