package dev.berth.refresh;

import dev.berth.contract.FetchContract.Offer;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.image.UpdateSource;
import dev.berth.lxd.ImageSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Images that follow an alias. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final String SERVER = "https://images.example";

    private Samples() {}

    static Image following(int number) {
        return image("default", number, true, new UpdateSource(SERVER, "lxd", "", "debian/" + number, ""), NOON);
    }

    static Image image(String project, int number, boolean autoUpdate, UpdateSource source, Instant uploadedAt) {
        return new Image(
                project, print(number), ImageType.CONTAINER, Architecture.X86_64, true, autoUpdate, true, "",
                Map.of("os", "Debian"), List.of(new Alias("name-" + number, "")), List.of("gpu"),
                List.of(new ImageFile(ImageFile.Role.UNIFIED, new BlobId(print(number).hex()), 1, ".tar.xz")),
                uploadedAt, uploadedAt, NOON, Image.NEVER_EXPIRES, source);
    }

    static Fingerprint print(int number) {
        return new Fingerprint(String.format("%064x", number));
    }

    static Offer offer(int number, String alias) {
        return new Offer(
                print(number), alias, ImageType.CONTAINER, Architecture.X86_64, Map.of(), List.of(), "", true, 1, NOON,
                NOON, List.of());
    }

    static ImageSettings hours(int hours) {
        return new ImageSettings(Map.of(ImageSettings.UPDATE_HOURS, "" + hours), Map.of());
    }
}
