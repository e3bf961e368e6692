package dev.berth.mirror;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.image.BlobId;

/**
 * A file that is listed, and the image to fetch when it is not here.
 *
 * @param image as the upstream offers it
 * @param path relative to {@code /mirror/NAME/}
 */
record MirroredFile(Offer image, String path, BlobId blob, long size) {
    private static final String SAFE = "[A-Za-z0-9._+-]{1,128}";

    static MirroredFile of(Offer image, OfferedFile file) {
        return new MirroredFile(image, path(file), new BlobId(file.sha256()), file.size());
    }

    /**
     * Made of the bytes, so that they can never change under it, and of the name over there, from which clients tell what
     * kind of file it is.
     */
    static String path(OfferedFile file) {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        return "images/" + file.sha256() + "/" + (name.matches(SAFE) && !name.matches("\\.+") ? name : "file");
    }

    /** Of two images that share a file, the smaller one brings it sooner. */
    static MirroredFile cheaper(MirroredFile one, MirroredFile other) {
        return one.image.size() <= other.image.size() ? one : other;
    }

    String filename() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
