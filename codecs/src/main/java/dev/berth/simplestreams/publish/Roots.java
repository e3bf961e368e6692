package dev.berth.simplestreams.publish;

import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.simplestreams.ItemKind;

/** The word for the second file of an image. */
final class Roots {
    private Roots() {}

    /** Null for a unified image. Every tarball is a {@code root.tar.xz}: clients look at its bytes (formats 10). */
    static ItemKind of(Image image) {
        if (!image.isSplit()) {
            return null;
        }
        ImageFile root = image.files().get(1);
        if (root.role() == ImageFile.Role.ROOTFS_IMG) {
            return ItemKind.DISK_KVM;
        }
        return root.extension().equals(".squashfs") ? ItemKind.SQUASHFS : ItemKind.ROOT_TAR;
    }
}
