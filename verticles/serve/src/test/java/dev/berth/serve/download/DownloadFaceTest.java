package dev.berth.serve.download;

import static dev.berth.serve.download.DownloadWorld.rootfs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.StoreContract;
import dev.berth.image.Image;
import dev.berth.kit.openpgp.Keyring;
import dev.berth.lxcindex.IndexFile;
import dev.berth.lxcindex.IndexLine;
import dev.berth.serve.lxd.Heard;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.XZInputStream;

class DownloadFaceTest {
    private static final byte[] TREE = ImageFixtures.rootfsTarball(Packing.PLAIN);
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);

    @TempDir
    private Path folder;

    private DownloadWorld world;

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/meta/1.0/index-system", "//meta/1.0/index-system.7", "///meta//1.0/index-system.1", "/meta/1.0/index-user", "//meta/1.0/index-user.7"
    })
    @DisplayName("formats 127, 128: every index has every public image that can be served, slashes doubled or not")
    void every_index_lists_what_can_be_served(String path) {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        Image whole = world.unified("whole", ".tar.gz", ImageFixtures.unified(Packing.GZIP));
        Image ready = world.split("ready", METADATA, ".tar.xz", Packing.XZ.pack(TREE));
        world.split("disk", METADATA, "", "garbage".getBytes());
        world.hidden("hidden", ImageFixtures.unifiedNamed(Packing.GZIP, "hidden"));

        Heard index = world.get(path);

        assertThat(IndexFile.read(index.body())).extracting(IndexLine::distribution).containsExactly("ready", "whole");
        assertThat(index.text()).contains(";/lxc-images/" + whole.fingerprint() + "/\n", "/" + ready.fingerprint() + "/\n");
    }

    @Test
    void an_index_is_short_lived_has_an_etag_and_gzip() throws IOException {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        for (int i = 0; i < 20; i++) {
            world.unified("image" + i, ".tar.gz", ImageFixtures.unifiedNamed(Packing.GZIP, "image" + i));
        }

        Heard plain = world.get("/meta/1.0/index-system");
        Heard small = world.get("/meta/1.0/index-system", "Accept-Encoding", "gzip");

        assertThat(plain.header("Cache-Control")).isEqualTo("public, max-age=60");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes()).isEqualTo(plain.body());
        assertThat(small.header("ETag")).isNotEqualTo(plain.header("ETag"));
        assertThat(world.get("/meta/1.0/index-system", "If-None-Match", plain.header("ETag")).status()).isEqualTo(304);
        assertThat(world.head("/meta/1.0/index-system").header("Content-Length")).isEqualTo("" + plain.body().length);
        assertThat(world.get("/meta/1.0/index-system.8").status()).isEqualTo(404);
    }

    @Test
    void an_index_changes_with_the_images() throws Exception {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        assertThat(world.get("/meta/1.0/index-system").text()).isEmpty();

        world.unified("whole", ".tar.gz", ImageFixtures.unified(Packing.GZIP));

        assertThat(world.text("/meta/1.0/index-system")).startsWith("whole;1;amd64;default;");
    }

    @Test
    @DisplayName("formats 129, 134: an xz root file system goes out as it is, with ranges, for ever")
    void what_is_xz_already_is_served_as_it_is() {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        byte[] xz = Packing.XZ.pack(TREE);
        Image image = world.split("ready", METADATA, ".tar.xz", xz);

        Heard whole = world.get("//lxc-images/" + image.fingerprint() + "//rootfs.tar.xz");

        assertThat(whole.body()).isEqualTo(xz);
        assertThat(whole.header("Cache-Control")).contains("immutable");
        assertThat(world.get(rootfs(image), "Range", "bytes=2-5").body()).isEqualTo(Arrays.copyOfRange(xz, 2, 6));
        assertThat(world.kept()).isEmpty();
        assertThat(world.features.lastAsked(CatalogContract.TOUCH_IMAGE).fingerprint()).isEqualTo(image.fingerprint());
    }

    @Test
    void what_is_converted_once_has_a_length_an_etag_and_ranges_from_then_on() throws IOException {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        Image image = world.split("gz", METADATA, ".tar.gz", Packing.GZIP.pack(TREE));

        Heard cold = world.get(rootfs(image));
        world.server().eventually(() -> world.conversions("done") == 1);
        Heard warm = world.get(rootfs(image));

        assertThat(unpacked(cold)).isEqualTo(TREE);
        assertThat(warm.body()).isEqualTo(cold.body());
        assertThat(warm.header("Content-Length")).isEqualTo("" + warm.body().length);
        assertThat(warm.header("ETag")).hasSize(18);
        assertThat(world.get(rootfs(image), "Range", "bytes=0-5").status()).isEqualTo(206);
        assertThat(world.conversions("done")).isEqualTo(1);
    }

    @Test
    void many_readers_of_one_cold_image_make_one_run_and_get_the_same() throws IOException {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        byte[] tree = TarBuilder.tar().file("./noise", noise(3 << 20)).build();
        Image image = world.split("big", METADATA, ".tar", tree);

        List<CompletableFuture<Heard>> readers = IntStream.range(0, 20)
                .mapToObj(reader -> CompletableFuture.supplyAsync(() -> world.get(rootfs(image))))
                .toList();
        List<Heard> heard = readers.stream().map(CompletableFuture::join).toList();

        assertThat(unpacked(heard.get(0))).isEqualTo(tree);
        assertThat(heard).allSatisfy(reader -> assertThat(reader.body()).isEqualTo(heard.get(0).body()));
        world.server().eventually(() -> world.conversions("done") > 0);
        assertThat(world.conversions("done")).isEqualTo(1);
        assertThat(world.kept()).hasSize(1);
    }

    @Test
    void a_damaged_archive_cuts_its_reader_off_leaves_nothing_and_is_not_offered_any_more() {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        byte[] packed = Packing.GZIP.pack(TarBuilder.tar().file("./noise", noise(2 << 20)).build());
        Image image = world.split("cut", METADATA, ".tar.gz", Arrays.copyOf(packed, packed.length - 1000));

        assertThatThrownBy(() -> world.get(rootfs(image))).hasMessageContaining("got no answer");

        world.server().eventually(() -> world.conversions("failed") == 1);
        assertThat(world.kept()).isEmpty();
        Heard again = world.get(rootfs(image));
        assertThat(again.status()).isEqualTo(500);
        assertThat(again.error()).contains("cannot be converted");
        assertThat(world.conversions("failed")).isEqualTo(1);
        world.unified("other", ".tar.gz", ImageFixtures.unified(Packing.GZIP));
        assertThat(world.get("/meta/1.0/index-system").text()).startsWith("other;");
    }

    @Test
    void the_longest_unused_makes_room() {
        byte[] one = TarBuilder.tar().file("./one", noise(700_000)).build();
        byte[] two = TarBuilder.tar().file("./two", noise(700_000)).build();
        byte[] three = TarBuilder.tar().file("./three", noise(700_000)).build();
        world = new DownloadWorld(folder, new DownloadConf(DownloadConf.folderIn(folder), true, 1, 0, 2_400_000, 0));
        Image first = world.split("one", METADATA, ".tar", one);
        Image second = world.split("two", METADATA, ".tar", two);
        Image third = world.split("three", METADATA, ".tar", three);

        fetch(first, 1);
        fetch(second, 2);
        world.get(rootfs(first));
        fetch(third, 3);

        assertThat(world.kept()).hasSize(2).noneMatch(name -> name.startsWith(second.files().get(1).blob().hex()));
    }

    @Test
    void what_is_larger_than_the_bound_is_cut_off_and_leaves_nothing() {
        world = new DownloadWorld(folder, new DownloadConf(DownloadConf.folderIn(folder), true, 1, 0, 1 << 20, 0));
        Image image = world.split("big", METADATA, ".tar", TarBuilder.tar().file("./noise", noise(3 << 20)).build());

        assertThatThrownBy(() -> world.get(rootfs(image))).hasMessageContaining("got no answer");

        world.server().eventually(() -> world.kept().isEmpty());
        assertThat(world.get(rootfs(image)).error()).contains("download.cache-bytes");
    }

    @Test
    void nothing_is_converted_when_the_disk_is_nearly_full() {
        world = new DownloadWorld(folder, new DownloadConf(DownloadConf.folderIn(folder), true, 1, 0, 1 << 30, Long.MAX_VALUE));
        Image image = world.split("gz", METADATA, ".tar.gz", Packing.GZIP.pack(TREE));

        Heard refused = world.get(rootfs(image));

        assertThat(refused.status()).isEqualTo(500);
        assertThat(world.kept()).isEmpty();
    }

    @Test
    void looking_begins_nothing() {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        Image image = world.split("gz", METADATA, ".tar.gz", Packing.GZIP.pack(TREE));

        assertThat(world.head(rootfs(image)).status()).isEqualTo(200);

        assertThat(world.features.asked(StoreContract.OPEN)).isEmpty();
        fetch(image, 1);
        assertThat(world.head(rootfs(image)).header("Content-Length")).isNotEmpty();
    }

    @Test
    void conversions_can_be_switched_off() {
        world = new DownloadWorld(folder, new DownloadConf(DownloadConf.folderIn(folder), false, 1, 0, 1 << 30, 0));
        Image gz = world.split("gz", METADATA, ".tar.gz", Packing.GZIP.pack(TREE));
        world.split("xz", METADATA, ".tar.xz", Packing.XZ.pack(TREE));

        assertThat(world.get(rootfs(gz)).error()).contains("download.convert");
        assertThat(world.get("/meta/1.0/index-system").text()).startsWith("xz;").doesNotContain("gz;");
    }

    @Test
    void a_start_clears_what_was_left_and_finds_what_was_finished() throws IOException {
        DownloadConf conf = DownloadWorld.roomyIn(folder);
        world = new DownloadWorld(folder, conf);
        Image image = world.split("gz", METADATA, ".tar.gz", Packing.GZIP.pack(TREE));
        fetch(image, 1);
        String etag = world.get(rootfs(image)).header("ETag");
        world.close();
        Files.writeString(conf.folder().resolve("ab".repeat(32) + ".0.part"), "half");

        world = new DownloadWorld(folder, conf);
        world.split("gz", METADATA, ".tar.gz", Packing.GZIP.pack(TREE));

        assertThat(world.kept()).hasSize(1);
        assertThat(world.get(rootfs(image)).header("ETag")).isEqualTo(etag);
        assertThat(world.conversions("done")).isZero();
    }

    @Test
    void a_blob_without_an_image_takes_its_conversion_along() {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        Image image = world.split("gz", METADATA, ".tar.gz", Packing.GZIP.pack(TREE));
        fetch(image, 1);

        world.server().bus().announce(
                CatalogContract.ORPHANED, new CatalogContract.Orphaned(List.of(image.files().get(1).blob())));

        world.server().eventually(() -> world.kept().isEmpty());
    }

    @Test
    void strangers_get_only_public_images_by_whole_fingerprints() {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        Image hidden = world.hidden("hidden", ImageFixtures.unified(Packing.GZIP));
        Image shown = world.split("xz", METADATA, ".tar.xz", Packing.XZ.pack(TREE));

        assertThat(world.get(rootfs(hidden)).status()).isEqualTo(404);
        assertThat(world.get("/lxc-images/" + shown.fingerprint().shortForm() + "/rootfs.tar.xz").status()).isEqualTo(404);
        assertThat(world.get("/lxc-images/" + shown.fingerprint() + "/other.tar.xz").status()).isEqualTo(404);
        assertThat(world.get("/lxc-images/..%2f..%2fetc/rootfs.tar.xz").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("formats 136: how a container is set up is the same archive every time")
    void the_setup_of_a_container_is_always_the_same() {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        Image image = world.unified("whole", ".tar.gz", ImageFixtures.unified(Packing.GZIP));
        String path = "/lxc-images/" + image.fingerprint() + "//meta.tar.xz";

        assertThat(world.get(path).body()).isEqualTo(world.get(path).body()).startsWith(0xfd, '7', 'z', 'X', 'Z');
    }

    @Test
    @DisplayName("formats 131: signatures for clients that still check them")
    void everything_is_signed() throws Exception {
        world = new DownloadWorld(folder, DownloadWorld.roomyIn(folder));
        Image gz = world.split("gz", METADATA, ".tar.gz", Packing.GZIP.pack(TREE));
        Image xz = world.split("xz", METADATA, ".tar.xz", Packing.XZ.pack(TREE));
        Keyring keys = Keyring.read(Files.writeString(folder.resolve("key.asc"), world.key.publicKey()), Clock.systemUTC());

        for (String path : List.of(
                "/meta/1.0/index-system", "/meta/1.0/index-user.5", rootfs(gz), rootfs(xz),
                "/lxc-images/" + gz.fingerprint() + "/meta.tar.xz")) {
            byte[] signature = world.get(path + ".asc").body();
            assertThat(keys.verifyDetached(world.get(path).body(), signature)).as(path).isNotNull();
        }
    }

    private void fetch(Image image, int runs) {
        assertThat(world.get(rootfs(image)).status()).isEqualTo(200);
        world.server().eventually(() -> world.conversions("done") == runs);
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(7).nextBytes(noise);
        return noise;
    }

    private static byte[] unpacked(Heard heard) throws IOException {
        return new XZInputStream(new ByteArrayInputStream(heard.body())).readAllBytes();
    }
}
