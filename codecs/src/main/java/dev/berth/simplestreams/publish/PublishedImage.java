package dev.berth.simplestreams.publish;

import dev.berth.image.Fingerprint;
import dev.berth.image.ImageType;
import dev.berth.simplestreams.ItemKind;
import java.util.List;
import java.util.Set;

/**
 * One image of a stream.
 *
 * <p>Images of one product and one serial are one version: they share the metadata file and differ in the kind of root, or
 * in who reads them.
 *
 * @param product equal for all images with the same product key
 * @param serial {@code YYYYMMDD_HHMM}, or as the stream it comes from has it; the greatest text is the newest version
 * @param label shown in descriptions, for example {@code release}; may be empty
 * @param type matters for unified images only: a root's kind tells by itself
 * @param root kind of the second file, or null for a unified image
 * @param readers for whom it is listed; most images for both
 * @param files metadata and root, or the one file of a unified image
 */
public record PublishedImage(
        PublishedProduct product,
        String serial,
        String label,
        ImageType type,
        Fingerprint fingerprint,
        ItemKind root,
        Set<Vocabulary> readers,
        List<PublishedFile> files) {
    public PublishedImage {
        readers = Set.copyOf(readers);
        files = List.copyOf(files);
        if (files.size() != (root == null ? 1 : 2) || root != null && !root.isRoot()) {
            throw new IllegalArgumentException(
                    "an image is one file, or metadata and a root; got " + files.size() + " with root " + root);
        }
    }

    boolean isUnified() {
        return root == null;
    }
}
