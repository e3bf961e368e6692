package dev.berth.serve.download;

import dev.berth.format.RootfsArchive.Layout;
import dev.berth.image.BlobId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a conversion is made of. Images that share a root file system share its conversion.
 *
 * @param blob the file with the tree
 * @param layout where in it the tree is
 */
record RootfsKey(BlobId blob, Layout layout) {
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{64})-(split|unified)-([0-9a-f]{16})\\.tar\\.xz");

    /** Name of a finished file; it tells the start of its own SHA-256, which is its ETag after a restart too. */
    String file(String digest) {
        return blob.hex() + "-" + layout.name().toLowerCase(Locale.ROOT) + "-" + digest + ".tar.xz";
    }

    /** What a finished file's name says; empty for names of other kinds. */
    static Optional<Named> read(String file) {
        Matcher name = FILE.matcher(file);
        return name.matches()
                ? Optional.of(new Named(
                        new RootfsKey(new BlobId(name.group(1)), Layout.valueOf(name.group(2).toUpperCase(Locale.ROOT))),
                        name.group(3)))
                : Optional.empty();
    }

    /** @param digest the first 16 hex digits of the file's SHA-256 */
    record Named(RootfsKey key, String digest) {}

    /** For logs. */
    String shortForm() {
        return blob.shortForm();
    }
}
