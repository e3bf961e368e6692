package dev.berth.serve.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Selected;
import dev.berth.contract.CatalogContract.TouchImage;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.serve.edge.Document;
import dev.berth.serve.lxd.FaceServer;
import dev.berth.serve.lxd.Heard;
import dev.berth.simplestreams.publish.ItemPath;
import dev.berth.simplestreams.publish.StreamFiles;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsFaceTest {
    private static final String INDEX = "/streams/v1/index.json";
    private static final String IMAGES = "/streams/v1/images.json";

    @TempDir
    private Path folder;

    private FaceServer server;
    private PublicImages images;

    @BeforeEach
    void start() {
        server = FaceServer.with(new StreamsFace(new Publication(StreamsFaceTest::signed)));
        images = new PublicImages(server.bus(), folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("formats 77, 87: the index leads to the products, and both are there")
    void two_requests_list_everything() {
        Image image = images.keep(true, "trixie");

        Heard index = get(INDEX);
        String path = index.json().at("/index/images/path").asText();
        JsonNode product = get("/" + path).json().get("products").iterator().next();

        assertThat(index.header("Content-Type")).isEqualTo("application/json");
        assertThat(product.get("aliases").asText()).isEqualTo("trixie,debian/13,debian/13/default");
        assertThat(product.at("/versions/20260821_0742/items/lxd.tar.xz/combined_squashfs_sha256").asText())
                .isEqualTo(image.fingerprint().hex());
    }

    @Test
    void only_public_images_are_listed_and_served() {
        Image image = images.keep(false, "secret");

        assertThat(get(INDEX).json().get("index")).isEmpty();
        assertThat(get(IMAGES).json().get("products")).isEmpty();
        image.files().forEach(file -> assertThat(get("/" + ItemPath.of(file)).status()).isEqualTo(404));
    }

    @Test
    void an_image_is_there_in_the_request_after_its_coming_and_gone_in_the_one_after_its_going() {
        assertThat(get(IMAGES).json().get("products")).isEmpty();

        Image image = images.keep(true);
        until(() -> get(IMAGES).json().get("products").size() == 1);
        images.forget(image);
        until(() -> get("/" + ItemPath.of(image.files().get(0))).status() == 404);
    }

    @Test
    @DisplayName("formats 81: as gzip for those who take it")
    void documents_are_compressed_when_asked_for() throws IOException {
        images.keep(true);
        images.keepUnified(new byte[] {1});

        Heard gzip = get(IMAGES, "Accept-Encoding", "gzip");

        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(get(IMAGES).body());
        assertThat(get(INDEX, "Accept-Encoding", "gzip").header("Content-Encoding")).as("not worth it").isEmpty();
    }

    @Test
    @DisplayName("formats 82: ETag and Last-Modified for those who use them")
    void a_known_document_is_not_sent_again() {
        images.keep(true);
        images.keepUnified(new byte[] {1});
        Heard plain = get(IMAGES);
        Heard gzip = get(IMAGES, "Accept-Encoding", "gzip");

        assertThat(plain.header("Cache-Control")).isEqualTo("public, max-age=60");
        for (Heard form : List.of(plain, gzip)) {
            assertThat(get(IMAGES, "If-None-Match", form.header("ETag")).status()).isEqualTo(304);
            assertThat(get(IMAGES, "If-Modified-Since", form.header("Last-Modified")).status()).isEqualTo(304);
        }
        assertThat(get(IMAGES, "If-None-Match", "\"other\"").status()).isEqualTo(200);
        assertThat(gzip.header("ETag")).isNotEqualTo(plain.header("ETag"));
    }

    @Test
    void documents_stay_the_same_bytes_while_they_say_the_same() {
        images.keep(true);
        Heard before = get(INDEX);

        images.change();
        until(() -> get(INDEX).status() == 200
                && server.registry().counter("berth.streams.builds", "outcome", "same").count() > 0);

        assertThat(get(INDEX).body()).isEqualTo(before.body());
        assertThat(get(INDEX).header("Last-Modified")).isEqualTo(before.header("Last-Modified"));
    }

    @Test
    void the_date_moves_with_every_content_even_within_one_second() {
        images.keep(true);
        String first = get(INDEX).json().get("updated").asText();

        images.keepUnified(new byte[] {1});

        until(() -> !get(INDEX).json().get("updated").asText().equals(first));
    }

    @Test
    void twins_are_of_the_same_moment() {
        images.keep(true);

        Heard twin = get("/streams/v1/index.sjson");

        assertThat(twin.text()).isEqualTo("signed " + get(INDEX).text().replace("images.json", "images.sjson"));
        assertThat(twin.header("Content-Type")).isEqualTo("text/plain");
    }

    @Test
    @DisplayName("formats 107: items have their length, never change, and can be had in parts")
    void an_item_is_its_file_for_ever() {
        Image image = images.keep(true);
        ImageFile root = image.files().get(1);
        String path = "/" + ItemPath.of(root);

        Heard whole = get(path, "Accept-Encoding", "gzip");
        Heard part = get(path, "Range", "bytes=100-199");

        assertThat(whole.body()).isEqualTo(PublicImages.ROOT);
        assertThat(whole.header("ETag")).isEqualTo("\"" + root.blob().hex() + "\"");
        assertThat(whole.header("Cache-Control")).contains("immutable");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(PublicImages.ROOT, 100, 200));
        assertThat(get(path, "If-None-Match", whole.header("ETag")).status()).isEqualTo(304);
        assertThat(server.stranger().ask("HEAD", path, null).header("Content-Length"))
                .isEqualTo(String.valueOf(PublicImages.ROOT.length));
    }

    @Test
    void fetching_a_root_is_a_use_of_its_image() {
        Image image = images.keep(true);

        get("/" + ItemPath.of(image.files().get(0)));
        server.stranger().ask("HEAD", "/" + ItemPath.of(image.files().get(1)), null);
        assertThat(images.features.asked(CatalogContract.TOUCH_IMAGE)).isEmpty();
        get("/" + ItemPath.of(image.files().get(1)));

        server.eventually(() -> images.features.asked(CatalogContract.TOUCH_IMAGE).size() == 1);
        assertThat(images.features.asked(CatalogContract.TOUCH_IMAGE)).extracting(TouchImage::fingerprint)
                .containsExactly(image.fingerprint());
    }

    @Test
    void doubled_slashes_lead_to_the_same() {
        Image image = images.keep(true);

        assertThat(get("//streams//v1/index.json").status()).isEqualTo(200);
        assertThat(get("//" + ItemPath.of(image.files().get(0)).replace("/", "//")).body()).isEqualTo(PublicImages.METADATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/streams/v1/", "/streams/v1/other.json", "/streams/v1/..%2findex.json", "/images/x/y",
        "/images/../streams/v1/%2e%2e/v1/nothing", "/images/%2e%2e%2f%2e%2e%2fetc/passwd", "/streams/v1/index.json%00"
    })
    void what_is_not_listed_is_not_found(String path) {
        images.keep(true);

        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void many_who_ask_at_once_wait_for_one_look_at_the_catalog() {
        Promise<Void> gate = Promise.promise();
        AtomicInteger looks = new AtomicInteger();
        images.features.onLater(CatalogContract.SELECT_IMAGES, asked -> {
            looks.incrementAndGet();
            return gate.future().map(open -> new Selected(List.of()));
        });
        List<CompletableFuture<Heard>> asking = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            asking.add(CompletableFuture.supplyAsync(() -> get(INDEX), task -> new Thread(task).start()));
        }
        server.eventually(() -> looks.get() == 1);
        gate.complete();

        assertThat(asking).allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
        assertThat(looks).hasValue(1);
    }

    @Test
    void when_the_catalog_does_not_answer_the_last_documents_are_served() {
        images.keep(true);
        Heard before = get(IMAGES);
        images.features.onLater(CatalogContract.SELECT_IMAGES, asked -> Future.failedFuture("down"));
        images.change();

        assertThat(get(IMAGES).body()).isEqualTo(before.body());
    }

    @Test
    void before_there_were_any_documents_clients_are_told_to_come_again() {
        images.features.onLater(CatalogContract.SELECT_IMAGES, asked -> Future.failedFuture("down"));

        assertThat(get(INDEX).status()).isEqualTo(503);
    }

    /** The catalog's word reaches the face a moment after it was given. */
    private static void until(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(10);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
        }
    }

    private Heard get(String path, String... headers) {
        return server.stranger().get(path, headers);
    }

    private static Map<String, Document> signed(StreamFiles files, Instant updated) {
        byte[] text = ("signed " + new String(files.signedIndex())).getBytes();
        return Map.of("streams/v1/index.sjson", Document.of(text, "text/plain", updated));
    }
}
