package dev.berth.serve.download;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Found;
import dev.berth.contract.CatalogContract.Selected;
import dev.berth.contract.Done;
import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Local;
import dev.berth.contract.StoreContract.Missing;
import dev.berth.contract.StoreContract.Opened;
import dev.berth.format.InspectLimits;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.kit.disk.LocalDisk;
import dev.berth.kit.openpgp.SigningKey;
import dev.berth.serve.edge.EdgeTools;
import dev.berth.serve.edge.Face;
import dev.berth.serve.lxd.FaceServer;
import dev.berth.serve.lxd.FakeFeatures;
import dev.berth.serve.lxd.Heard;
import dev.berth.testkit.ImageFixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The face over real loopback HTTP and real conversions; catalog and store are lambdas over a folder. */
final class DownloadWorld implements AutoCloseable {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final FakeFeatures features;
    private final Path folder;
    private final DownloadConf conf;
    private final List<Image> images = new ArrayList<>();
    private final FaceServer server;
    final SigningKey key = SigningKey.make("test", Clock.systemUTC());
    private Conversions conversions;

    DownloadWorld(Path folder, DownloadConf conf) {
        this.folder = folder;
        this.conf = conf;
        this.server = FaceServer.with(new Starting());
        this.features = new FakeFeatures(server.bus());
        features.on(CatalogContract.SELECT_IMAGES, asked -> new Selected(List.copyOf(images)));
        features.on(CatalogContract.FIND_IMAGE, asked -> find(asked.name()));
        features.on(CatalogContract.TOUCH_IMAGE, asked -> Done.DONE);
        features.on(StoreContract.OPEN, asked -> open(asked.blob()));
        FaceServer.await(conversions.start());
    }

    /** A service of a data folder with room for everything. */
    static DownloadConf roomyIn(Path folder) {
        return new DownloadConf(DownloadConf.folderIn(folder), true, 2, 0, 1L << 30, 0);
    }

    Image unified(String name, String extension, byte[] file) {
        return add(name, true, List.of(stored(ImageFile.Role.UNIFIED, extension, file)), ImageFixtures.fingerprint(file));
    }

    Image split(String name, byte[] metadata, String extension, byte[] rootfs) {
        List<ImageFile> files = List.of(
                stored(ImageFile.Role.METADATA, ".tar.xz", metadata), stored(ImageFile.Role.ROOTFS, extension, rootfs));
        return add(name, true, files, ImageFixtures.fingerprint(metadata, rootfs));
    }

    Image hidden(String name, byte[] file) {
        return add(name, false, List.of(stored(ImageFile.Role.UNIFIED, ".tar.gz", file)), ImageFixtures.fingerprint(file));
    }

    Heard get(String path, String... headers) {
        return server.stranger().get(path, headers);
    }

    /** Asks until there is something to read: news of the catalog needs a moment to get round. At most 20 s. */
    String text(String path) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        String text = get(path).text();
        while (text.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(10);
            text = get(path).text();
        }
        return text;
    }

    Heard head(String path) {
        return server.stranger().ask("HEAD", path, null);
    }

    static String rootfs(Image image) {
        return "/lxc-images/" + image.fingerprint() + "/rootfs.tar.xz";
    }

    int port() {
        return server.port();
    }

    FaceServer server() {
        return server;
    }

    /** Where an image's file is, to spoil it. */
    Path blob(ImageFile file) {
        return folder.resolve(file.blob().hex());
    }

    /** Names in the folder of conversions. */
    List<String> kept() {
        try (Stream<Path> files = Files.list(conf.folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long conversions(String result) {
        return registry.get("berth.rootfs.conversion").tag("result", result).timer().count();
    }

    @Override
    public void close() {
        FaceServer.await(conversions.close());
        server.close();
    }

    /** A face is mounted before anything can be answered, as in the service. */
    private final class Starting implements Face {
        @Override
        public String name() {
            return "download";
        }

        @Override
        public void mount(Router router, EdgeTools tools) {
            conversions = new Conversions(
                    tools.vertx(), conf, InspectLimits.DEFAULTS, new LocalDisk(), Clock.systemUTC(), registry);
            new DownloadFace(conversions, () -> key, List.of()).mount(router, tools);
        }
    }

    private Image add(String name, boolean visible, List<ImageFile> files, String fingerprint) {
        Image image = new Image(
                "default", new Fingerprint(fingerprint), ImageType.CONTAINER, Architecture.X86_64, visible, false, false, "",
                Map.of("os", name, "release", "1"), List.of(), List.of(), files, NOON, NOON, Image.NEVER_USED,
                Image.NEVER_EXPIRES, null);
        images.add(image);
        server.bus().announce(CatalogContract.CHANGED, new CatalogContract.Changed(images.size()));
        return image;
    }

    private ImageFile stored(ImageFile.Role role, String extension, byte[] bytes) {
        ImageFile file =
                new ImageFile(role, new BlobId(ImageFixtures.fingerprint(bytes)), bytes.length, extension);
        try {
            Files.write(blob(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private Answer<Found> find(String fingerprint) {
        return images.stream()
                .filter(image -> image.visible() && image.fingerprint().hex().equals(fingerprint))
                .findFirst()
                .<Answer<Found>>map(image -> Answer.yes(new Found(image, new byte[0], "\"tag\"")))
                .orElse(Answer.no(Refused.notFound("Image not found")));
    }

    private Opened open(BlobId blob) {
        Path file = folder.resolve(blob.hex());
        try {
            return Files.exists(file) ? new Local(file.toString(), Files.size(file)) : new Missing(blob);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
