package dev.berth.serve.lxd.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract.Local;
import dev.berth.contract.StoreContract.Missing;
import dev.berth.contract.StoreContract;
import dev.berth.contract.TrustContract.TokenIsRedeemed;
import dev.berth.contract.TrustContract;
import dev.berth.image.BlobId;
import dev.berth.image.ImageFile.Role;
import dev.berth.image.ImageFile;
import dev.berth.lxd.multipart.HeaderParameters;
import dev.berth.lxd.multipart.MultipartSplitter;
import dev.berth.lxd.multipart.PartHead;
import dev.berth.serve.lxd.images.ImageWorld.Reply;
import dev.berth.testkit.ImageFixtures;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** rest-api 3.8, formats 1.6. */
class ImageExportTest {
    private static final byte[] METADATA = RawUploadTest.random(3_000);
    private static final byte[] ROOTFS = RawUploadTest.random(3 << 20);
    private static final String UNIFIED = ImageFixtures.fingerprint(ROOTFS);
    private static final String SPLIT = ImageFixtures.fingerprint(METADATA, ROOTFS);

    private final ImageWorld world = new ImageWorld();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        world.close();
    }

    private void stock() throws IOException {
        ImageFile metadata = file(Role.METADATA, METADATA, ".tar.xz");
        ImageFile rootfs = file(Role.ROOTFS, ROOTFS, ".squashfs");
        world.images.add(ImageWorld.image("default", UNIFIED, true, List.of(file(Role.UNIFIED, ROOTFS, ".tar.gz")), null));
        world.images.add(ImageWorld.image("default", SPLIT, false, List.of(metadata, rootfs), null));
        world.features.on(StoreContract.OPEN, asked -> {
            Path path = folder.resolve(asked.blob().hex());
            return Files.exists(path)
                    ? new Local(path.toString(), path.toFile().length())
                    : new Missing(asked.blob());
        });
    }

    private ImageFile file(Role role, byte[] bytes, String extension) throws IOException {
        String hex = ImageFixtures.fingerprint(bytes);
        Files.write(folder.resolve(hex), bytes);
        return new ImageFile(role, new BlobId(hex), bytes.length, extension);
    }

    @Test
    @DisplayName("rest-api 163, 165, 169, formats 42, 44")
    void a_unified_image_is_one_file_with_its_length_and_name() throws IOException {
        stock();

        Reply reply = world.get("/1.0/images/" + UNIFIED.substring(0, 12) + "/export", "Accept-Encoding", "gzip");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(reply.header("Content-Disposition")).isEqualTo("inline;filename=" + UNIFIED + ".tar.gz");
        assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(ROOTFS.length));
        assertThat(reply.header("Content-Encoding")).as("rest-api 18").isEmpty();
        assertThat(reply.body()).isEqualTo(ROOTFS);
    }

    @Test
    @DisplayName("rest-api 164, 165, formats 43")
    void a_split_image_is_multipart_with_a_length() throws IOException {
        stock();

        Reply reply = world.get("/1.0/images/" + SPLIT + "/export");

        String boundary = HeaderParameters.of(reply.header("Content-Type")).get("boundary");
        assertThat(reply.header("Content-Type")).startsWith("multipart/form-data; boundary=");
        assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(reply.body().length));
        Collected parts = new Collected(boundary);
        parts.splitter.feed(reply.body());
        assertThat(parts.heads).containsExactly(
                new PartHead("metadata", "meta-" + SPLIT + ".tar.xz"), new PartHead("rootfs", SPLIT + ".squashfs"));
        assertThat(parts.files).containsExactly(METADATA, ROOTFS);
        assertThat(parts.splitter.isClosed()).isTrue();
    }

    @Test
    void the_same_image_gives_the_same_bytes_every_time() throws IOException {
        stock();

        assertThat(world.get("/1.0/images/" + SPLIT + "/export").body())
                .isEqualTo(world.get("/1.0/images/" + SPLIT.substring(0, 5) + "/export").body());
    }

    @Test
    void a_head_has_the_headers_and_no_body() throws IOException {
        stock();

        Reply reply = world.send("HEAD", "/1.0/images/" + UNIFIED + "/export", BodyPublishers.noBody());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(ROOTFS.length));
        assertThat(reply.body()).isEmpty();
        assertThat(world.features.asked(CatalogContract.TOUCH_IMAGE)).isEmpty();
    }

    @Test
    @DisplayName("rest-api 170")
    void an_export_counts_as_a_use_and_is_announced() throws Exception {
        stock();
        LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        ImageWorld.await(world.bus.hear(OperationsContract.EVENT, event -> events.add(event.json())));

        world.get("/1.0/images/" + UNIFIED + "/export", "Test-Caller", "stranger");

        assertThat(events.poll(20, TimeUnit.SECONDS)).contains("image-retrieved", "/1.0/images/" + UNIFIED);
        assertThat(world.features.lastAsked(CatalogContract.TOUCH_IMAGE).fingerprint().hex()).isEqualTo(UNIFIED);
    }

    @Test
    @DisplayName("rest-api 170: only bytes that go out")
    void an_answer_without_bytes_is_no_use_and_no_news() throws Exception {
        stock();
        LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        ImageWorld.await(world.bus.hear(OperationsContract.EVENT, event -> events.add(event.json())));
        String path = "/1.0/images/" + UNIFIED + "/export";

        assertThat(world.get(path, "If-None-Match", '"' + UNIFIED + '"').status()).isEqualTo(304);
        assertThat(world.get(path, "Range", "bytes=99999999-").status()).isEqualTo(416);
        Files.delete(folder.resolve(ImageFixtures.fingerprint(METADATA)));
        assertThat(world.get("/1.0/images/" + SPLIT + "/export").status()).isEqualTo(404);
        assertThat(world.get(path).status()).isEqualTo(200);

        assertThat(events.poll(20, TimeUnit.SECONDS)).contains("/1.0/images/" + UNIFIED);
        assertThat(world.features.asked(CatalogContract.TOUCH_IMAGE)).hasSize(1);
    }

    @Test
    @DisplayName("rest-api 157")
    void a_secret_opens_the_export_of_a_private_image() throws IOException {
        stock();
        world.features.on(TrustContract.REDEEM_TOKEN, asked -> asked.secret().equals("00ff")
                ? Answer.yes(new TokenIsRedeemed(Map.of(), Instant.now()))
                : Answer.no(Refused.forbidden("not authorized")));
        String path = "/1.0/images/" + SPLIT + "/export?secret=";

        assertThat(world.get(path + "00ff", "Test-Caller", "stranger").status()).isEqualTo(200);
        assertThat(world.get(path + "bad", "Test-Caller", "stranger").status()).isEqualTo(404);
    }

    @Test
    void a_blob_that_is_missing_is_not_found() throws IOException {
        stock();
        Files.delete(folder.resolve(ImageFixtures.fingerprint(ROOTFS)));

        assertThat(world.get("/1.0/images/" + UNIFIED + "/export").status()).isEqualTo(404);
    }

    @Test
    void only_whole_names_of_public_images_may_be_cached_for_ever() throws IOException {
        stock();

        assertThat(world.get("/1.0/images/" + UNIFIED + "/export").header("Cache-Control")).contains("immutable");
        assertThat(world.get("/1.0/images/" + UNIFIED.substring(0, 9) + "/export").header("Cache-Control")).isEmpty();
        assertThat(world.get("/1.0/images/" + SPLIT + "/export").header("Cache-Control")).isEmpty();
    }

    @Test
    @DisplayName("rest-api 168")
    void ranges_of_both_packagings_are_served() throws IOException {
        stock();
        for (String fingerprint : List.of(UNIFIED, SPLIT)) {
            byte[] whole = world.get("/1.0/images/" + fingerprint + "/export").body();

            Reply reply = world.get("/1.0/images/" + fingerprint + "/export", "Range", "bytes=10-5000");

            assertThat(reply.status()).isEqualTo(206);
            assertThat(reply.header("ETag")).isEqualTo('"' + fingerprint + '"');
            assertThat(new String(reply.body(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(new String(whole, 10, 4991, StandardCharsets.ISO_8859_1));
        }
    }

    private static final class Collected implements MultipartSplitter.Parts {
        private final MultipartSplitter splitter;
        private final List<PartHead> heads = new ArrayList<>();
        private final List<byte[]> files = new ArrayList<>();
        private final java.io.ByteArrayOutputStream current = new java.io.ByteArrayOutputStream();

        Collected(String boundary) {
            splitter = new MultipartSplitter(boundary, this);
        }

        @Override
        public void begin(PartHead head) {
            heads.add(head);
        }

        @Override
        public void bytes(byte[] array, int from, int to) {
            current.write(array, from, to - from);
        }

        @Override
        public void end() {
            files.add(current.toByteArray());
            current.reset();
        }
    }
}
