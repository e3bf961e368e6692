package dev.berth.catalog;

import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.image.UpdateSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Images that look like real ones. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123456Z");

    private Samples() {}

    /** A public image of the default project, uploaded {@code number} seconds after {@link #NOW}. */
    static Image image(int number, String... aliases) {
        return image("default", number, true, aliases);
    }

    static Image image(String project, int number, boolean visible, String... aliases) {
        String hex = hex("image " + number);
        return image(project, hex, number, visible, List.of(unified(hex)), aliases);
    }

    /** Two split images with the same rootfs when {@code rootfs} is the same. */
    static Image split(int number, String rootfs) {
        ImageFile metadata =
                new ImageFile(ImageFile.Role.METADATA, new BlobId(hex("metadata " + number)), 10, ".tar.xz");
        ImageFile root = new ImageFile(ImageFile.Role.ROOTFS, new BlobId(hex(rootfs)), 1_000, ".squashfs");
        return image("default", hex("split " + number), number, true, List.of(metadata, root));
    }

    /** As {@link #image(int, String...)}, fetched for a use at {@code usedAt}. */
    static Image cached(int number, Instant usedAt, String... aliases) {
        Image image = image(number, aliases);
        return new Image(
                image.project(), image.fingerprint(), image.type(), image.architecture(), image.visible(),
                image.autoUpdate(), true, image.filename(), image.properties(), image.aliases(), image.profiles(),
                image.files(), image.createdAt(), image.uploadedAt(), usedAt, image.expiresAt(), image.source());
    }

    static Image withHex(String hex, boolean visible) {
        return image("default", hex, 1, visible, List.of(unified(hex)));
    }

    static String hex(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static ImageFile unified(String hex) {
        return new ImageFile(ImageFile.Role.UNIFIED, new BlobId(hex), 100, ".tar.xz");
    }

    private static Image image(
            String project, String hex, int number, boolean visible, List<ImageFile> files, String... aliases) {
        Map<String, String> properties = Map.of(
                "os", "Debian",
                "release", "bookworm",
                "architecture", "amd64",
                "serial", String.valueOf(number),
                "description", "Debian bookworm amd64 (" + number + ")");
        List<Alias> names = Stream.of(aliases).map(name -> new Alias(name, "about " + name)).toList();
        UpdateSource source =
                number % 2 == 0 ? null : new UpdateSource("https://images.example", "simplestreams", "", "debian/12", "");
        return new Image(
                project, new Fingerprint(hex), ImageType.CONTAINER, Architecture.X86_64, visible, number % 3 == 0, false,
                "debian.tar.xz", properties, names, List.of("default"), files, NOW.minusSeconds(100),
                NOW.plusSeconds(number), Image.NEVER_USED, Image.NEVER_EXPIRES, source);
    }
}
