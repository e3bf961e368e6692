package dev.berth.serve.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.AliasIs;
import dev.berth.contract.CatalogContract.Found;
import dev.berth.contract.CatalogContract.Selected;
import dev.berth.contract.CatalogContract.TouchImage;
import dev.berth.contract.Done;
import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Local;
import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageFile.Role;
import dev.berth.image.ImageType;
import dev.berth.serve.lxd.FaceServer;
import dev.berth.serve.lxd.FakeFeatures;
import dev.berth.serve.lxd.Heard;
import dev.berth.testkit.ImageFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectFaceTest {
    private static final byte[] AMD = ImageFixtures.squashfsLike(300_000);
    private static final byte[] ARM = ImageFixtures.squashfsLike(200_000);

    private final FaceServer server = FaceServer.with(new DirectFace());
    private final FakeFeatures features = new FakeFeatures(server.bus());
    private final List<Image> images = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void stock() throws IOException {
        images.add(image(Architecture.X86_64, "debian/13", file(Role.UNIFIED, AMD)));
        images.add(image(Architecture.AARCH64, "one name", file(Role.UNIFIED, ARM)));
        images.add(image(Architecture.X86_64, "split", file(Role.METADATA, AMD), file(Role.ROOTFS, ARM)));
        features.on(CatalogContract.FIND_ALIAS, asked -> found(asked.name(), asked.visibleOnly()));
        features.on(CatalogContract.FIND_IMAGE, asked -> images.stream()
                .filter(image -> asked.visibleOnly() && Fingerprint.isPrefix(asked.name()) && image.fingerprint().hex().startsWith(asked.name()))
                .findFirst()
                .map(image -> Answer.yes(new Found(image, new byte[0], "")))
                .orElseGet(() -> Answer.no(Refused.notFound("Image not found"))));
        features.on(CatalogContract.SELECT_IMAGES, asked -> new Selected(images));
        features.on(CatalogContract.TOUCH_IMAGE, asked -> Done.DONE);
        features.on(StoreContract.OPEN, asked -> {
            Path path = folder.resolve(asked.blob().hex());
            return new Local(path.toString(), path.toFile().length());
        });
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("formats 116, 121, 126: both families of headers, on HEAD and on GET, with an absolute address")
    void a_name_tells_the_hash_and_where_the_bytes_are() {
        String hash = ImageFixtures.fingerprint(AMD);

        for (String method : List.of("HEAD", "GET")) {
            Heard heard = ask(method, "/direct/debian/13");

            assertThat(heard.status()).isEqualTo(200);
            for (String family : List.of("LXD", "Incus")) {
                assertThat(heard.header(family + "-Image-Hash")).isEqualTo(hash);
                assertThat(heard.header(family + "-Image-URL")).startsWith("https://127.0.0.1").endsWith("/direct/" + hash);
            }
        }
    }

    @Test
    @DisplayName("formats 117, 122: the address has exactly the bytes the hash is of")
    void the_address_has_the_bytes_for_ever() {
        String hash = ask("HEAD", "/direct/debian/13").header("LXD-Image-Hash");

        Heard bytes = ask("GET", "/direct/" + hash);
        Heard part = ask("GET", "/direct/" + hash, "Range", "bytes=10-19");

        assertThat(ImageFixtures.fingerprint(bytes.body())).isEqualTo(hash);
        assertThat(bytes.header("Cache-Control")).contains("immutable");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(AMD, 10, 20));
        assertThat(ask("GET", "/direct/debian/13").header("Cache-Control")).as("a name may move").isEmpty();
        assertThat(ask("GET", "/direct/" + hash, "If-None-Match", bytes.header("ETag")).status()).isEqualTo(304);
    }

    @Test
    @DisplayName("formats 116: a daemon gets what it can run")
    void the_architectures_of_a_daemon_choose() {
        String arm = ImageFixtures.fingerprint(ARM);

        assertThat(ask("HEAD", "/direct/debian/13", "LXD-Server-Architectures", "aarch64, armv7l").header("LXD-Image-Hash"))
                .isEqualTo(arm);
        assertThat(ask("HEAD", "/direct/debian/13", "Incus-Server-Architectures", "aarch64").header("Incus-Image-Hash"))
                .isEqualTo(arm);
        Heard none = ask("GET", "/direct/debian/13", "LXD-Server-Architectures", "s390x");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.error()).isEqualTo("\"debian/13\" is an image for x86_64, and there is none for s390x");
    }

    @Test
    @DisplayName("formats 123: an image in two files has no URL")
    void a_split_image_is_refused_with_a_word_about_what_to_do() {
        Heard refused = ask("GET", "/direct/split");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).contains("two files").contains("add this server as a remote");
        assertThat(ask("HEAD", "/direct/split").header("LXD-Image-Hash")).isEmpty();
    }

    @Test
    void names_are_read_as_they_were_meant_and_unknown_ones_are_not_found() {
        String arm = ImageFixtures.fingerprint(ARM);

        assertThat(ask("HEAD", "/direct/one%20name").header("LXD-Image-Hash")).isEqualTo(arm);
        assertThat(ask("HEAD", "/direct/" + arm.substring(0, 12)).header("LXD-Image-Hash")).isEqualTo(arm);
        assertThat(ask("HEAD", "/direct//debian//13").status()).isEqualTo(200);
        for (String unknown : List.of("nothing", "%2e%2e/x", "", "debian%2f13%00")) {
            assertThat(ask("GET", "/direct/" + unknown).status()).as(unknown).isEqualTo(404);
        }
    }

    @Test
    void whoever_takes_the_bytes_uses_the_image() {
        ask("HEAD", "/direct/debian/13");
        assertThat(features.asked(CatalogContract.TOUCH_IMAGE)).isEmpty();

        ask("GET", "/direct/debian/13");

        server.eventually(() -> features.asked(CatalogContract.TOUCH_IMAGE).size() == 1);
        assertThat(features.asked(CatalogContract.TOUCH_IMAGE)).extracting(TouchImage::fingerprint)
                .containsExactly(images.get(0).fingerprint());
    }

    private Heard ask(String method, String path, String... headers) {
        return server.stranger().ask(method, path, null, headers);
    }

    private Answer<AliasIs> found(String name, boolean visibleOnly) {
        return images.stream()
                .filter(image -> visibleOnly && image.aliases().get(0).name().equals(name))
                .findFirst()
                .map(image -> Answer.yes(new AliasIs(image.aliases().get(0), image.fingerprint(), new byte[0], "")))
                .orElseGet(() -> Answer.no(Refused.notFound("Image alias not found")));
    }

    private ImageFile file(Role role, byte[] bytes) throws IOException {
        String hex = ImageFixtures.fingerprint(bytes);
        Files.write(folder.resolve(hex), bytes);
        return new ImageFile(role, new BlobId(hex), bytes.length, "");
    }

    private static Image image(Architecture architecture, String alias, ImageFile... files) {
        Fingerprint fingerprint = new Fingerprint(files.length == 1 ? files[0].blob().hex() : "5".repeat(64));
        return new Image("default", fingerprint, ImageType.CONTAINER, architecture, true, false, false, "",
                Map.of("os", "Debian", "release", "13"), List.of(new Alias(alias, "")), List.of(), List.of(files),
                Instant.EPOCH, Instant.EPOCH, Image.NEVER_USED, Image.NEVER_EXPIRES, null);
    }
}
