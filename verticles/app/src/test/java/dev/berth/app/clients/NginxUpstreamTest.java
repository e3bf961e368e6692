package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.RunningBerth;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Berth fetches over TLS from an nginx that serves image streams and a page for direct import. */
class NginxUpstreamTest {
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);
    private static final byte[] ROOTFS = ImageFixtures.squashfsLike(200_000);
    private static final byte[] DISK = ImageFixtures.qcow2(150_000);
    private static final byte[] UNIFIED = ImageFixtures.unifiedNamed(Packing.GZIP, "stream");
    private static final byte[] WHOLE = ImageFixtures.unifiedNamed(Packing.GZIP, "whole");
    private static final byte[] DIRECT = ImageFixtures.unifiedNamed(Packing.XZ, "direct");

    @TempDir
    static Path folder;

    @AutoClose
    private static Nginx nginx;

    @AutoClose
    private static RunningBerth berth;

    @BeforeAll
    static void start() throws Exception {
        nginx = new Nginx(folder.resolve("nginx"));
        publish();
        Files.write(nginx.site().resolve("direct.tar.xz"), DIRECT);
        nginx.start(page());
        berth = RunningBerth.in(folder.resolve("data"), Map.of(
                "fetch.allow-private-addresses", "127.0.0.1",
                "fetch.trusted-certificates", nginx.certificate().toString(),
                "fetch.direct-hosts", "127.0.0.1"));
    }

    @Test
    @DisplayName("split containers, in LXD's vocabulary and in Incus'")
    void split_images_of_both_vocabularies_are_pulled() throws Exception {
        String split = ImageFixtures.fingerprint(METADATA, ROOTFS);

        assertThat(pull("split/lxd")).isEqualTo(split);
        assertThat(pull("split/incus")).isEqualTo(split);
        assertThat(image(split).path("type").asText()).isEqualTo("container");
    }

    @Test
    void a_virtual_machine_is_pulled() throws Exception {
        String machine = ImageFixtures.fingerprint(METADATA, DISK);

        assertThat(pull("split/lxd", "--vm")).isEqualTo(machine);
        assertThat(image(machine).path("type").asText()).isEqualTo("virtual-machine");
    }

    @Test
    @DisplayName("resolve: fetched, then current, and answered still when the server is gone")
    void a_name_is_fetched_once_and_survives_its_server() throws Exception {
        JsonNode first = resolved();
        JsonNode second = resolved();
        nginx.close();
        JsonNode third;
        try {
            third = resolved();
        } finally {
            nginx.start(page());
        }

        assertThat(first.path("how").asText()).isEqualTo("fetched");
        assertThat(second.path("how").asText()).isEqualTo("current");
        assertThat(third.path("fingerprint").asText()).isEqualTo(ImageFixtures.fingerprint(UNIFIED));
    }

    /** Go's programs trust what {@code SSL_CERT_FILE} names, so that the machine's own list stays as it is. */
    @Test
    @DisplayName("rest-api 143, 178: lxc image copy from a simplestreams remote")
    void the_real_client_has_an_image_copied_from_a_stream() throws Exception {
        RealTool.named("lxc");
        LxcClient lxc = LxcClient.overTls(Files.createDirectory(folder.resolve("lxc-stream")), berth)
                .trusting(nginx.certificate());
        lxc.good("remote", "add", "stream", nginx.url(), "--protocol=simplestreams");

        lxc.good("image", "copy", "stream:split/lxd", "b:", "--alias", "copied", "--auto-update", "--public");

        assertThat(lxc.good("image", "info", "b:copied"))
                .contains(ImageFixtures.fingerprint(METADATA, ROOTFS), "Public: yes", "Auto update: enabled")
                .contains("Protocol: simplestreams", "Alias: split/lxd");
        assertThat(lxc.good("image", "refresh", "b:copied")).contains("already up to date");
    }

    @Test
    @DisplayName("formats 77, 107: lxc image copy of an image in one file, from a simplestreams remote")
    void the_real_client_has_a_unified_image_copied_from_a_stream() throws Exception {
        RealTool.named("lxc");
        LxcClient lxc = LxcClient.overTls(Files.createDirectory(folder.resolve("lxc-unified")), berth)
                .trusting(nginx.certificate());
        lxc.good("remote", "add", "stream", nginx.url(), "--protocol=simplestreams");

        lxc.good("image", "copy", "stream:whole", "b:", "--alias", "whole");
        Path into = Files.createDirectory(folder.resolve("unified"));
        lxc.good("image", "export", "b:whole", into.toString());

        assertThat(into.resolve(ImageFixtures.fingerprint(WHOLE) + ".tar.gz")).hasBinaryContent(WHOLE);
    }

    private static String page() {
        return "location = /page { add_header LXD-Image-Hash %s always; add_header LXD-Image-URL %s always; return 204; }"
                .formatted(ImageFixtures.fingerprint(DIRECT), nginx.url() + "/direct.tar.xz");
    }

    private static JsonNode resolved() {
        Map<String, ?> question = Map.of(
                "alias", "unified", "source", Map.of("server", nginx.url(), "protocol", "simplestreams"));
        return Curl.owner(berth)
                .send("POST", "/berth/v1/resolve", "-d", new String(LxdJson.bytes(question), StandardCharsets.UTF_8))
                .metadata();
    }

    private static JsonNode image(String fingerprint) {
        return Curl.owner(berth).get("/1.0/images/" + fingerprint).metadata();
    }

    private static String pull(String name, String... more) {
        List<String> words = new ArrayList<>(
                List.of("pull", nginx.url(), name, "--protocol", "simplestreams"));
        words.addAll(List.of(more));
        return berth.cli(words.toArray(String[]::new)).strip();
    }

    private static void publish() throws IOException {
        Map<String, Object> products = new LinkedHashMap<>();
        products.put("split-lxd", product("split/lxd", Map.of(
                "lxd.tar.xz", head("lxd.tar.xz"),
                "root.squashfs", file("root.squashfs", "squashfs", ROOTFS),
                "disk.qcow2", file("disk.qcow2", "disk-kvm.img", DISK))));
        products.put("split-incus", product("split/incus", Map.of(
                "incus.tar.xz", head("incus.tar.xz"),
                "root.squashfs", file("root.squashfs", "squashfs", ROOTFS))));
        products.put("unified", product("unified", Map.of(
                "lxd_combined.tar.gz", file("unified.tar.gz", "lxd_combined.tar.gz", UNIFIED))));
        products.put("whole", product("whole", Map.of(
                "lxd_combined.tar.gz", file("whole.tar.gz", "lxd_combined.tar.gz", WHOLE))));
        document("streams/v1/images.json", Map.of(
                "content_id", "images", "datatype", "image-downloads", "format", "products:1.0", "products", products));
        document("streams/v1/index.json", Map.of("format", "index:1.0", "index", Map.of("images", Map.of(
                "datatype", "image-downloads", "format", "products:1.0", "path", "streams/v1/images.json",
                "products", products.keySet()))));
    }

    private static Map<String, Object> product(String alias, Map<String, ?> items) {
        return Map.of("aliases", alias, "arch", "amd64", "os", "Alpine", "release", "3.20", "release_title", "3.20",
                "variant", "default", "versions", Map.of("20260821_0742", Map.of("items", items)));
    }

    private static Map<String, Object> head(String kind) throws IOException {
        Map<String, Object> item = new LinkedHashMap<>(file(kind, kind, METADATA));
        item.put("combined_squashfs_sha256", ImageFixtures.fingerprint(METADATA, ROOTFS));
        item.put("combined_disk-kvm-img_sha256", ImageFixtures.fingerprint(METADATA, DISK));
        return item;
    }

    private static Map<String, Object> file(String name, String kind, byte[] bytes) throws IOException {
        Files.write(Files.createDirectories(nginx.site().resolve("images")).resolve(name), bytes);
        return Map.of("ftype", kind, "path", "images/" + name, "size", bytes.length,
                "sha256", ImageFixtures.fingerprint(bytes));
    }

    private static void document(String path, Map<String, ?> json) throws IOException {
        Path file = nginx.site().resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, LxdJson.bytes(json));
    }

    @Test
    @DisplayName("rest-api 125: lxc image import https://…, with the page's headers")
    void the_real_client_imports_from_a_page() throws Exception {
        RealTool.named("lxc");
        LxcClient lxc = LxcClient.overTls(Files.createDirectory(folder.resolve("lxc")), berth);

        lxc.good("image", "import", nginx.url() + "/page", "b:", "--alias", "direct");

        assertThat(lxc.good("image", "info", "b:direct")).contains("Fingerprint: " + ImageFixtures.fingerprint(DIRECT));
    }
}
