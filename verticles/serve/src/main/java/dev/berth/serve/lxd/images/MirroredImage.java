package dev.berth.serve.lxd.images;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.MirrorContract.Mirrored;
import dev.berth.format.Compression;
import dev.berth.image.Alias;
import dev.berth.image.BlobId;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageFile.Role;
import dev.berth.image.ImageType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * An image that an upstream offers, as this face shows it while it has no record here that the caller may see.
 *
 * @param upstream its name, the first part of the image's names here
 */
record MirroredImage(String upstream, Mirrored mirrored) {
    private static final List<String> USUAL_PROFILES = List.of("default");

    Offer offer() {
        return mirrored.offer();
    }

    /** Whether its files are known before they come: then their bytes can be passed on while they arrive. */
    boolean tellsItsFiles() {
        List<OfferedFile> files = offer().files();
        return !files.isEmpty() && files.stream().allMatch(file -> !file.sha256().isEmpty() && file.size() >= 0);
    }

    /** As the record of an image of {@code project} that everybody may see. */
    Image image(String project) {
        Offer offer = offer();
        Instant created = offer.createdAt() == null ? Instant.EPOCH : offer.createdAt();
        return new Image(
                project,
                offer.fingerprint(),
                offer.type(),
                offer.architecture(),
                true,
                false,
                false,
                offer.filename(),
                offer.properties(),
                offer.aliases().stream().map(this::alias).toList(),
                USUAL_PROFILES,
                files(),
                created,
                created,
                Image.NEVER_USED,
                offer.expiresAt() == null ? Image.NEVER_EXPIRES : offer.expiresAt(),
                null);
    }

    private Alias alias(Alias theirs) {
        return new Alias(upstream + "/" + theirs.name(), theirs.description());
    }

    private List<ImageFile> files() {
        List<OfferedFile> files = offer().files();
        if (!tellsItsFiles()) {
            long size = Math.max(0, offer().size());
            return List.of(new ImageFile(Role.UNIFIED, new BlobId(offer().fingerprint().hex()), size, ""));
        }
        if (files.size() == 1) {
            return List.of(file(Role.UNIFIED, files.get(0)));
        }
        Role root = offer().type() == ImageType.VIRTUAL_MACHINE ? Role.ROOTFS_IMG : Role.ROOTFS;
        return List.of(file(Role.METADATA, files.get(0)), file(root, files.get(1)));
    }

    /** What the bytes are is known only when they are here, so the name over there has to do. */
    private static ImageFile file(Role role, OfferedFile file) {
        String extension = Arrays.stream(Compression.values())
                .map(Compression::extension)
                .filter(file.path()::endsWith)
                .findFirst()
                .orElse("");
        return new ImageFile(role, new BlobId(file.sha256()), file.size(), extension);
    }
}
