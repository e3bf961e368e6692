package dev.berth.simplestreams.publish;

import dev.berth.image.ImageFile;

/**
 * Where the files of the catalog's images are in its stream: {@code images/<sha256 of the file>/<what it is>}. The path is
 * made of the bytes, so that they can never change under it, whatever is listed, edited or listed again; files that are
 * equal have one path.
 */
public final class ItemPath {
    private ItemPath() {}

    /** Relative to the server's base. */
    public static String of(ImageFile file) {
        return "images/" + file.blob().hex() + "/" + name(file.role()) + file.extension();
    }

    private static String name(ImageFile.Role role) {
        return switch (role) {
            case UNIFIED -> "image";
            case METADATA -> "metadata";
            case ROOTFS -> "rootfs";
            case ROOTFS_IMG -> "disk";
        };
    }
}
