package dev.berth.serve.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.serve.lxd.FaceServer;
import dev.berth.serve.lxd.Heard;
import dev.berth.testkit.ImageFixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the stream as the simplestreams tools do (formats 3.7): they are stricter about headers and paths than LXD. */
@DisplayName("formats 114, 115: the tools mirror every file, checked by size and hash")
class ToolReadingTest {
    private static final String BASE = "/";
    private static final String FIRST = "streams/v1/index.json";

    private final FaceServer server = FaceServer.with(new StreamsFace(new Publication(Twins.NONE)));

    @TempDir
    private Path folder;

    private final List<Image> kept = new ArrayList<>();

    @BeforeEach
    void stock() {
        PublicImages images = new PublicImages(server.bus(), folder);
        kept.add(images.keep(true, "debian/13"));
        kept.add(images.keepUnified(ImageFixtures.squashfsLike(5_000), "whole"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_mirror_of_everything_has_every_file_of_every_image() {
        List<String> mirrored = new ArrayList<>();
        index().forEach((contentId, entry) -> products(contentId, entry)
                .forEach(product -> product.get("versions").forEach(version ->
                        version.get("items").forEach(item -> mirrored.add(mirror(item))))));

        assertThat(new TreeSet<>(mirrored)).isEqualTo(new TreeSet<>(kept.stream()
                .flatMap(image -> image.files().stream()).map(ImageFile::blob).map(Object::toString).toList()));
    }

    @Test
    void filters_on_flattened_items_find_the_image_of_a_name() {
        JsonNode product = products("images", index().get("images")).filter(one ->
                Arrays.asList(one.get("aliases").asText().split(",")).contains("whole")).findFirst().orElseThrow();

        assertThat(product.properties()).allSatisfy(field -> assertThat(field.getValue().isValueNode()
                || List.of("versions", "requirements", "lxd_requirements").contains(field.getKey())).isTrue());
        assertThat(product.at("/versions").iterator().next().at("/items/lxd_combined.tar.gz/sha256").asText())
                .isEqualTo(kept.get(1).fingerprint().hex());
    }

    private Map<String, JsonNode> index() {
        JsonNode index = get(FIRST).json();
        assertThat(index.get("format").asText()).isEqualTo("index:1.0");
        Map<String, JsonNode> entries = new HashMap<>();
        index.get("index").properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }

    private Stream<JsonNode> products(String contentId, JsonNode entry) {
        assertThat(entry.get("format").asText()).isEqualTo("products:1.0");
        JsonNode file = get(safe(entry.get("path").asText())).json();
        assertThat(file.get("format").asText()).isEqualTo("products:1.0");
        assertThat(file.get("content_id").asText()).isEqualTo(contentId);
        assertThat(file.get("datatype")).isEqualTo(entry.get("datatype"));
        List<JsonNode> products = new ArrayList<>();
        entry.get("products").forEach(key -> products.add(file.get("products").get(key.asText())));
        assertThat(products).doesNotContainNull().hasSize(file.get("products").size());
        return products.stream();
    }

    /** What it is by its hash, once it is downloaded and checked. */
    private String mirror(JsonNode item) {
        Heard file = get(safe(item.get("path").asText()));

        assertThat(file.body()).hasSize(item.get("size").intValue());
        assertThat(ImageFixtures.fingerprint(file.body())).isEqualTo(item.get("sha256").asText());
        return item.get("sha256").asText();
    }

    private static String safe(String path) {
        assertThat(path).doesNotStartWith("/").doesNotContain("..").doesNotContain("//").doesNotContain(":");
        return path;
    }

    private Heard get(String path) {
        Heard heard = server.stranger().get(BASE + path);
        assertThat(heard.status()).as(path).isEqualTo(200);
        return heard;
    }
}
