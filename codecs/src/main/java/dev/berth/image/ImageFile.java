package dev.berth.image;

/**
 * One file of an image.
 *
 * @param role what the file is within its image
 * @param blob where its bytes are kept
 * @param size its length in bytes
 * @param extension what its magic says it is, with the leading dot ({@code .tar.xz}, {@code .squashfs}), or empty
 */
public record ImageFile(Role role, BlobId blob, long size, String extension) {

    /** What a file is within its image; the names are those of the multipart parts (rest-api 3.8). */
    public enum Role {
        /** The only file of a unified image. */
        UNIFIED("unified"),
        /** The tarball with {@code metadata.yaml} and templates of a split image. */
        METADATA("metadata"),
        /** The file tree of a split container image. */
        ROOTFS("rootfs"),
        /** The qcow2 disk of a split virtual-machine image. */
        ROOTFS_IMG("rootfs.img");

        private final String partName;

        Role(String partName) {
            this.partName = partName;
        }

        /** The multipart part name that carries this file. */
        public String partName() {
            return partName;
        }
    }
}
