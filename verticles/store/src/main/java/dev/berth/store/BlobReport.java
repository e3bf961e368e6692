package dev.berth.store;

import java.util.List;

/**
 * What {@link BlobVerifier} found; plain texts and numbers, ready for JSON.
 *
 * @param sound blobs without a fault, as far as they were looked at
 * @param read blobs that were read again from the first to the last byte
 * @param bytesRead their bytes
 * @param damaged blobs of the wrong length or content
 * @param unreadable blobs that could not be read, with the system's words
 * @param missing blobs that a record refers to and that are not there
 * @param orphaned blobs that no record refers to; harmless, the next start removes them
 * @param foreign files that Berth did not make
 */
public record BlobReport(
        long sound,
        long read,
        long bytesRead,
        List<Damage> damaged,
        List<Damage> unreadable,
        List<String> missing,
        List<String> orphaned,
        List<String> foreign) {

    /**
     * @param blob SHA-256
     * @param text what was expected and what came
     */
    public record Damage(String blob, String text) {}

    /** Every image of the catalog can be served whole, as far as it was looked at. */
    public boolean isSound() {
        return damaged.isEmpty() && missing.isEmpty() && unreadable.isEmpty();
    }
}
