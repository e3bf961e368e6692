package dev.berth.simplestreams.publish;

import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageFile.Role;
import dev.berth.image.ImageType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Images of a catalog, told by what makes them differ. Their bytes are their names: equal names are equal files. */
record CatalogFixture(
        Map<String, String> properties,
        Architecture architecture,
        Instant createdAt,
        Instant expiresAt,
        List<String> aliases) {
    static final Instant MADE = Instant.parse("2026-08-21T07:42:10Z");

    static CatalogFixture debian() {
        return new CatalogFixture(Map.of("os", "Debian", "release", "13"), Architecture.X86_64, MADE,
                Image.NEVER_EXPIRES, List.of());
    }

    CatalogFixture with(Map<String, String> others) {
        return new CatalogFixture(others, architecture, createdAt, expiresAt, aliases);
    }

    CatalogFixture on(Architecture other) {
        return new CatalogFixture(properties, other, createdAt, expiresAt, aliases);
    }

    CatalogFixture made(String time) {
        return new CatalogFixture(properties, architecture, Instant.parse(time), expiresAt, aliases);
    }

    CatalogFixture until(String time) {
        return new CatalogFixture(properties, architecture, createdAt, Instant.parse(time), aliases);
    }

    CatalogFixture called(String... names) {
        return new CatalogFixture(properties, architecture, createdAt, expiresAt, List.of(names));
    }

    Image unified(String bytes) {
        return image(ImageType.CONTAINER, bytes, file(Role.UNIFIED, bytes, ".tar.gz"));
    }

    Image unifiedMachine(String bytes) {
        return image(ImageType.VIRTUAL_MACHINE, bytes, file(Role.UNIFIED, bytes, ".tar.zst"));
    }

    Image squashfs(String metadata, String root) {
        return split(ImageType.CONTAINER, metadata, file(Role.ROOTFS, root, ".squashfs"));
    }

    Image tar(String metadata, String root, String extension) {
        return split(ImageType.CONTAINER, metadata, file(Role.ROOTFS, root, extension));
    }

    Image machine(String metadata, String disk) {
        return split(ImageType.VIRTUAL_MACHINE, metadata, file(Role.ROOTFS_IMG, disk, ".qcow2"));
    }

    private Image split(ImageType type, String metadata, ImageFile root) {
        return image(type, metadata + root.blob(), file(Role.METADATA, metadata, ".tar.xz"), root);
    }

    private Image image(ImageType type, String identity, ImageFile... files) {
        Fingerprint fingerprint = new Fingerprint(files.length == 1 ? files[0].blob().hex() : sha256(identity));
        Stream<Alias> names = aliases.stream().map(name -> new Alias(name, ""));
        return new Image("default", fingerprint, type, architecture, true, false, false, "", properties, names.toList(),
                List.of("default"), List.of(files), createdAt, MADE, Image.NEVER_USED, expiresAt, null);
    }

    private static ImageFile file(Role role, String bytes, String extension) {
        return new ImageFile(role, new BlobId(sha256(bytes)), bytes.length() + 1, extension);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
