package dev.berth.catalog;

import static dev.berth.catalog.RunningCatalog.ANNA;
import static dev.berth.catalog.RunningCatalog.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.EditImage;
import dev.berth.contract.CatalogContract.FindImage;
import dev.berth.contract.CatalogContract.Images;
import dev.berth.contract.CatalogContract.ListImages;
import dev.berth.contract.Refused;
import dev.berth.image.Image;
import dev.berth.lxd.LxdJson;
import io.vertx.core.Future;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogListsTest {
    private static final String SYNC = "{\"type\":\"sync\",\"status\":\"Success\",\"status_code\":200,\"operation\":\"\","
            + "\"error_code\":0,\"error\":\"\",\"metadata\":";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("rest-api 51: a plain list names the oldest first")
    void a_plain_list_names_the_oldest_first() throws Exception {
        try (RunningCatalog catalog = RunningCatalog.with(folder, List.of(Samples.image(2), Samples.image(1)))) {
            assertThat(text(list(catalog, call(false, ""))))
                    .isEqualTo(SYNC + "[\"/1.0/images/" + Samples.image(1).fingerprint() + "\",\"/1.0/images/"
                            + Samples.image(2).fingerprint() + "\"]}\n");
        }
    }

    @Test
    @DisplayName("rest-api 54, 56: all or nothing is a list, never null")
    void an_empty_list_is_a_list() throws Exception {
        try (RunningCatalog catalog = RunningCatalog.with(folder, List.of(Samples.image(1)))) {
            assertThat(list(catalog, call(true, "")).count()).isEqualTo(1);
            assertThat(text(list(catalog, call(true, "properties.os eq Ubuntu")))).isEqualTo(SYNC + "[]}\n");
            assertThat(list(catalog, call(true, "properties.os eq debian")).count()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("rest-api 52, 67: documents carry their project")
    void documents_carry_their_project() throws Exception {
        List<Image> images = List.of(Samples.image(1), Samples.image("other", 2, false));
        try (RunningCatalog catalog = RunningCatalog.with(folder, images)) {
            ListImages all = new ListImages(List.of("default", "other"), false, true, true, null, false);
            assertThat(LxdJson.read(list(catalog, all).body()).get("metadata"))
                    .extracting(image -> image.get("project").asText())
                    .containsExactly("default", "other");
            ListImages urls = new ListImages(List.of("default", "other"), false, false, true, null, false);
            assertThat(text(list(catalog, urls))).contains(Samples.image(2).fingerprint() + "?project=other\"");
        }
    }

    @Test
    void strangers_see_public_images_only() throws Exception {
        List<Image> images = List.of(Samples.image(1), Samples.image("default", 2, false));
        try (RunningCatalog catalog = RunningCatalog.with(folder, images)) {
            ListImages strangers = new ListImages(List.of("default"), true, true, false, "", false);
            assertThat(list(catalog, strangers).count()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("rest-api 64: a broken filter is refused")
    void a_broken_filter_is_refused() throws Exception {
        try (RunningCatalog catalog = RunningCatalog.in(folder)) {
            assertThat(catalog.ask(CatalogContract.LIST_IMAGES, call(true, "type eq")))
                    .isEqualTo(Answer.no(Refused.invalid("Invalid filter: clause has no value")));
        }
    }

    @Test
    void the_smaller_form_unpacks_to_the_plain_one_and_shares_its_tag() throws Exception {
        try (RunningCatalog catalog = RunningCatalog.with(folder, many(100))) {
            Images plain = list(catalog, call(true, ""));
            Images small = list(catalog, new ListImages(List.of("default"), false, true, false, "", true));

            assertThat(small.gzipped()).isTrue();
            assertThat(small.body().length).isLessThan(plain.body().length / 2);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes()).isEqualTo(plain.body());
            assertThat(small.etag()).isEqualTo(plain.etag());
        }
    }

    @Test
    void a_list_changes_its_tag_with_its_content_and_only_then() throws Exception {
        try (RunningCatalog catalog = RunningCatalog.with(folder, many(10))) {
            String etag = list(catalog, call(true, "")).etag();
            assertThat(list(catalog, call(true, "")).etag()).isEqualTo(etag);

            catalog.require(
                    CatalogContract.EDIT_IMAGE,
                    new EditImage("default", Samples.image(3).fingerprint(), null, false, null, null, true, null, null, ANNA));

            assertThat(list(catalog, call(true, "")).etag()).isNotEqualTo(etag);
            assertThat(list(catalog, call(false, "")).etag()).isNotEqualTo(etag);
        }
    }

    /** Prints what the targets of the service are made of; the bounds are generous because machines differ. */
    @Test
    void ten_thousand_images_are_listed_and_found_in_no_time() throws Exception {
        RunningCatalog.with(folder, many(10_000)).close();
        long began = System.nanoTime();
        try (RunningCatalog catalog = RunningCatalog.in(folder)) {
            System.out.printf("10,000 images: loaded in %d ms%n", millisSince(began));
            long first = System.nanoTime();
            assertThat(list(catalog, call(true, "")).count()).isEqualTo(10_000);
            System.out.printf("first list: %d ms%n", millisSince(first));
            long lists = System.nanoTime();
            int rounds = Boolean.getBoolean("berth.bus.force-wire") ? 2 : 2_000;
            for (int i = 0; i < rounds; i++) {
                list(catalog, call(true, ""));
            }
            long listMicros = (System.nanoTime() - lists) / 1_000 / rounds;
            long findMicros = findAll(catalog, 10_000);
            System.out.printf("cached list: %d us, find by prefix: %d us%n", listMicros, findMicros);

            assertThat(findMicros).isLessThan(5_000);
        }
    }

    private static long findAll(RunningCatalog catalog, int count) throws Exception {
        long start = System.nanoTime();
        List<Future<?>> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String prefix = Samples.image(i).fingerprint().shortForm();
            found.add(catalog.bus.require(CatalogContract.FIND_IMAGE, new FindImage("default", prefix, true)));
        }
        await(Future.all(found));
        return (System.nanoTime() - start) / 1_000 / count;
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static List<Image> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> Samples.image(i, "debian/" + i)).toList();
    }

    private static ListImages call(boolean recursive, String filter) {
        return new ListImages(List.of("default"), false, recursive, false, filter, false);
    }

    private static Images list(RunningCatalog catalog, ListImages call) throws Exception {
        return catalog.require(CatalogContract.LIST_IMAGES, call);
    }

    private static String text(Images images) {
        return new String(images.body(), StandardCharsets.UTF_8);
    }
}
