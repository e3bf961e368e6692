package dev.berth.simplestreams.publish;

import dev.berth.image.Fingerprint;

/**
 * One file of an image in a stream.
 *
 * @param path relative to the server's base; the bytes under it never change
 * @param size in bytes
 * @param sha256 of the file, 64 lower-case hexadecimal digits: clients compare it as text (facts 90 and 91)
 */
public record PublishedFile(String path, long size, String sha256) {
    public PublishedFile {
        if (path.isEmpty() || path.startsWith("/")) {
            throw new IllegalArgumentException("a path must be relative to the server's base, got \"" + path + "\"");
        }
        if (size < 0 || !Fingerprint.isWhole(sha256)) {
            throw new IllegalArgumentException(
                    "a file needs a size and a sha256, got " + size + " and \"" + sha256 + "\" for " + path);
        }
    }
}
