package dev.berth.serve.streams;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Changed;
import dev.berth.contract.CatalogContract.Selected;
import dev.berth.contract.Done;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Local;
import dev.berth.contract.StoreContract.Missing;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageFile.Role;
import dev.berth.image.ImageType;
import dev.berth.kit.bus.Bus;
import dev.berth.serve.lxd.FakeFeatures;
import dev.berth.testkit.ImageFixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A catalog and a store behind the bus, with the images a test puts there. */
final class PublicImages {
    static final byte[] METADATA = ImageFixtures.squashfsLike(2_000);
    static final byte[] ROOT = ImageFixtures.squashfsLike(300_000);
    private static final Instant MADE = Instant.parse("2026-08-21T07:42:10Z");

    final FakeFeatures features;
    private final Bus bus;
    private final Path folder;
    private final List<Image> images = new CopyOnWriteArrayList<>();

    PublicImages(Bus bus, Path folder) {
        this.bus = bus;
        this.folder = folder;
        this.features = new FakeFeatures(bus);
        features.on(CatalogContract.SELECT_IMAGES, asked -> new Selected(List.copyOf(images)));
        features.on(CatalogContract.TOUCH_IMAGE, asked -> Done.DONE);
        features.on(StoreContract.OPEN, asked -> {
            Path path = folder.resolve(asked.blob().hex());
            return Files.exists(path) ? new Local(path.toString(), path.toFile().length()) : new Missing(asked.blob());
        });
    }

    /** Keeps a split container image of {@link #METADATA} and {@link #ROOT}. */
    Image keep(boolean visible, String... aliases) {
        List<ImageFile> files =
                List.of(file(Role.METADATA, METADATA, ".tar.xz"), file(Role.ROOTFS, ROOT, ".squashfs"));
        return keep(ImageFixtures.fingerprint(METADATA, ROOT), visible, files, aliases);
    }

    /** Keeps a unified container image. */
    Image keepUnified(byte[] bytes, String... aliases) {
        return keep(ImageFixtures.fingerprint(bytes), true, List.of(file(Role.UNIFIED, bytes, ".tar.gz")), aliases);
    }

    void forget(Image image) {
        images.removeIf(kept -> kept.fingerprint().equals(image.fingerprint()));
        change();
    }

    /** The catalog says that something changed. */
    void change() {
        bus.announce(CatalogContract.CHANGED, new Changed(1));
    }

    private Image keep(String fingerprint, boolean visible, List<ImageFile> files, String... aliases) {
        Image image = new Image("default", new Fingerprint(fingerprint), ImageType.CONTAINER, Architecture.X86_64, visible,
                false, false, "", Map.of("os", "Debian", "release", "13"),
                Stream.of(aliases).map(name -> new Alias(name, "")).toList(), List.of(), files, MADE, MADE,
                Image.NEVER_USED, Image.NEVER_EXPIRES, null);
        images.add(image);
        change();
        return image;
    }

    private ImageFile file(Role role, byte[] bytes, String extension) {
        String hex = ImageFixtures.fingerprint(bytes);
        try {
            Files.write(folder.resolve(hex), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ImageFile(role, new BlobId(hex), bytes.length, extension);
    }
}
