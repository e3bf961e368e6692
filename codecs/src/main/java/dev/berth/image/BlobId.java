package dev.berth.image;

/**
 * The name of a stored file: the SHA-256 of exactly its bytes, so that {@code sha256sum} proves it.
 *
 * <p>A unified image is one blob whose id equals the fingerprint; a split image is two blobs, and neither has the
 * fingerprint as its id.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record BlobId(String hex) implements Comparable<BlobId> {
    public BlobId {
        Hex64.checked(hex, "blob id");
    }

    /** The first 12 digits, for logs. */
    public String shortForm() {
        return hex.substring(0, 12);
    }

    @Override
    public int compareTo(BlobId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
