package dev.berth.expire;

import dev.berth.contract.CatalogContract.KeptRecord;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.lxd.ImageSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cached images of some age and size, and what there is around them. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final long MIB = 1 << 20;

    private Samples() {}

    static Image cached(int number, Duration idle) {
        return image("default", number, true, MIB, NOON.minus(idle), NOON.minus(idle));
    }

    static Image cached(int number, Duration idle, long bytes) {
        return image("default", number, true, bytes, NOON.minus(idle), NOON.minus(idle));
    }

    static Image image(String project, int number, boolean cached, long bytes, Instant uploadedAt, Instant usedAt) {
        String hex = String.format("%064x", number);
        return new Image(
                project, new Fingerprint(hex), ImageType.CONTAINER, Architecture.X86_64, true, false, cached, "",
                Map.of(), List.of(), List.of("default"),
                List.of(new ImageFile(ImageFile.Role.UNIFIED, new BlobId(hex), bytes, ".tar.xz")),
                uploadedAt, uploadedAt, usedAt, Image.NEVER_EXPIRES, null);
    }

    static Image used(Image image, Instant at) {
        return image(image.project(), Integer.parseInt(image.fingerprint().hex(), 16), true, image.size(),
                image.uploadedAt(), at);
    }

    /** Plenty of space, nothing in use, default settings. */
    static Scene scene(Image... images) {
        return scene(Long.MAX_VALUE / 2, Set.of(), settings(Map.of(), Map.of()), images);
    }

    static Scene scene(long freeBytes, Set<BlobId> leased, ImageSettings settings, Image... images) {
        Map<BlobId, Integer> holders = new HashMap<>();
        List.of(images).forEach(image -> image.files().forEach(file -> holders.merge(file.blob(), 1, Integer::sum)));
        List<KeptRecord> records = List.of(images).stream()
                .map(image -> new KeptRecord(image, image.files().stream()
                        .filter(file -> holders.get(file.blob()) == 1)
                        .mapToLong(ImageFile::size)
                        .sum()))
                .toList();
        return new Scene(records, Set.of(), leased, freeBytes, settings);
    }

    static ImageSettings settings(Map<String, String> server, Map<String, String> project) {
        return new ImageSettings(server, Map.of("p1", project));
    }

    static ImageSettings days(int days) {
        return settings(Map.of(ImageSettings.CACHE_DAYS, "" + days), Map.of());
    }
}
