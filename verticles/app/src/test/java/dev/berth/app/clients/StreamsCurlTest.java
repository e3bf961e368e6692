package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.RunningBerth;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.FreePort;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** curl reads the image stream and single images, over TLS and in the open. */
class StreamsCurlTest {
    private static final byte[] IMAGE = ImageFixtures.unified(Packing.GZIP);

    @TempDir
    static Path folder;

    @AutoClose
    private static RunningBerth berth;

    private static String plain;

    @BeforeAll
    static void start() throws Exception {
        String address = "127.0.0.1:" + FreePort.next();
        plain = "http://" + address;
        berth = RunningBerth.in(folder.resolve("data"), Map.of("plain", address));
        Path file = Files.write(folder.resolve("image.tar.gz"), IMAGE);
        berth.cli("import", file.toString(), "--public", "--alias", "one");
    }

    @Test
    @DisplayName("formats 77, 81, 82: documents as gzip, and not twice")
    void the_stream_is_read_as_gzip_and_not_again_while_it_is_the_same() throws Exception {
        Path etag = folder.resolve("etag");
        Curl curl = Curl.stranger(berth);

        Curl.Answer first = curl.get("/streams/v1/images.json", "--compressed", "--etag-save", etag.toString());
        Curl.Answer again = curl.get("/streams/v1/images.json", "--compressed", "--etag-compare", etag.toString());

        assertThat(item(first.body()).get("sha256").asText()).isEqualTo(ImageFixtures.fingerprint(IMAGE));
        assertThat(again.status()).isEqualTo(304);
    }

    @Test
    @DisplayName("formats 105, 120, 121: items in parts, over TLS and in the open; everything else is sent to HTTPS")
    void items_come_in_parts_and_without_tls() throws IOException {
        String path = "/" + item(Curl.stranger(berth).get("//streams/v1/images.json").body()).get("path").asText();
        Path part = folder.resolve("part");
        Path rest = folder.resolve("rest");

        assertThat(Curl.open(plain).get(path, "-r", "0-99", "-o", part.toString()).status()).isEqualTo(206);
        assertThat(Curl.stranger(berth).get(path, "-r", "100-", "-o", rest.toString()).status()).isEqualTo(206);
        assertThat(Curl.open(plain).get("/1.0", "-L", "--cacert", berth.data().resolve("keys/server.crt").toString()).status())
                .isEqualTo(200);
        assertThat(Curl.open(plain).get("/1.0/images").status()).isEqualTo(308);

        assertThat(Files.readAllBytes(part)).isEqualTo(Arrays.copyOf(IMAGE, 100));
        assertThat(Files.readAllBytes(rest)).isEqualTo(Arrays.copyOfRange(IMAGE, 100, IMAGE.length));
    }

    @Test
    @DisplayName("formats 118, 121: a single image by its name")
    void a_name_is_a_url_of_its_bytes() throws IOException {
        Path whole = folder.resolve("whole");

        Curl.Answer head = Curl.open(plain).send("HEAD", "/direct/one", "-I");
        Curl.open(plain).get("/direct/one", "-o", whole.toString());

        assertThat(head.body()).containsIgnoringCase(
                "incus-image-url: " + berth.https() + "/direct/" + ImageFixtures.fingerprint(IMAGE));
        assertThat(Files.readAllBytes(whole)).isEqualTo(IMAGE);
    }

    private static JsonNode item(String images) {
        JsonNode product = LxdJson.read(images.getBytes(StandardCharsets.UTF_8)).get("products").iterator().next();
        return product.get("versions").iterator().next().at("/items/lxd_combined.tar.gz");
    }
}
