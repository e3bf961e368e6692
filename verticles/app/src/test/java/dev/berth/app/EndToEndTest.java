package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program over its unix socket: the road of an image, with restarts on the way. */
class EndToEndTest {
    /** Requests, transfers, times of hash and store, size of the catalog, disk. */
    private static final List<String> MOVED = List.of(
            "berth_http_requests_seconds_count", "vertx_http_server_requests_total", "berth_intake_arrivals_total",
            "berth_http_received_bytes_total", "berth_http_sent_bytes_total", "berth_stream_bytes_total",
            "berth_hash_time_seconds_count", "berth_store_write_seconds_count", "berth_store_force_seconds_count",
            "berth_catalog_images", "berth_catalog_bytes", "berth_store_blob_bytes", "berth_store_free_bytes");

    /** Bytes in flight and stalls for credit, staging, delay of event loops. */
    private static final List<String> AT_REST = List.of(
            "berth_stream_in_flight_bytes", "berth_stream_credit_stall_seconds_count", "berth_store_staging_bytes",
            "berth_eventloop_delay_seconds_count");

    @TempDir
    Path folder;

    private Path data;
    private Path out;

    @BeforeEach
    void make_folders() throws IOException {
        data = folder.resolve("data");
        out = Files.createDirectory(folder.resolve("out"));
    }

    @Test
    void a_unified_image_goes_in_survives_a_restart_and_comes_out_as_it_was() throws Exception {
        byte[] image = ImageFixtures.unified(Packing.XZ);
        Path file = Files.write(folder.resolve("alpine.tar.xz"), image);
        String fingerprint = ImageFixtures.fingerprint(image);

        try (RunningBerth berth = RunningBerth.in(data)) {
            assertThat(berth.cli("import", file.toString(), "--alias", "alpine", "--public").strip()).isEqualTo(fingerprint);
        }
        try (RunningBerth berth = RunningBerth.in(data)) {
            JsonNode listed = LxdJson.read(berth.cli("list", "--json").getBytes(StandardCharsets.UTF_8));
            assertThat(listed).hasSize(1);
            assertThat(listed.get(0).path("fingerprint").asText()).isEqualTo(fingerprint);
            assertThat(listed.get(0).path("public").asBoolean()).isTrue();
            assertThat(berth.cli("list")).contains("alpine", fingerprint.substring(0, 12), "Alpine 3.20 amd64");

            Path exported = Path.of(berth.cli("export", "alpine", out.toString()).strip());
            assertThat(exported).hasBinaryContent(image);
            assertThat(Files.getPosixFilePermissions(exported)).as("as any new file").isEqualTo(Files.getPosixFilePermissions(file));

            berth.cli("delete", "alpine");
            assertThat(berth.cli("list").lines()).hasSize(1);
            assertThat(berth.cli("alias", "list").lines()).hasSize(1);
        }
        try (RunningBerth berth = RunningBerth.in(data)) {
            assertThat(berth.cli("list", "--json").strip()).isEqualTo("[ ]");
        }
    }

    @Test
    void a_split_image_goes_in_and_comes_out_as_its_two_files() throws Exception {
        byte[] metadata = ImageFixtures.metadataTarball(Packing.XZ);
        byte[] rootfs = ImageFixtures.squashfsLike(300_000);
        Path first = Files.write(folder.resolve("meta.tar.xz"), metadata);
        Path second = Files.write(folder.resolve("rootfs.squashfs"), rootfs);

        try (RunningBerth berth = RunningBerth.in(data)) {
            String fingerprint = berth.cli("import", first.toString(), second.toString()).strip();
            assertThat(fingerprint).isEqualTo(ImageFixtures.fingerprint(metadata, rootfs));

            List<Path> exported = berth.cli("export", fingerprint, out.toString()).lines().map(Path::of).toList();
            assertThat(exported).hasSize(2);
            assertThat(exported.get(0)).hasBinaryContent(metadata);
            assertThat(exported.get(1)).hasBinaryContent(rootfs);
            assertThat(out).isDirectoryContaining(each -> each.equals(exported.get(0)));
            assertThat(names(out)).as("nothing unfinished stays").hasSize(2);
        }
    }

    @Test
    void an_alias_moves_and_goes_while_its_images_stay() throws Exception {
        Path one = Files.write(folder.resolve("1.tar.gz"), ImageFixtures.unifiedNamed(Packing.GZIP, "one"));
        Path two = Files.write(folder.resolve("2.tar.gz"), ImageFixtures.unifiedNamed(Packing.GZIP, "two"));

        try (RunningBerth berth = RunningBerth.in(data)) {
            String first = berth.cli("import", one.toString(), "--alias", "it").strip();
            String second = berth.cli("import", two.toString(), "--alias", "it").strip();
            assertThat(berth.cli("alias", "list")).contains("it").contains(second).doesNotContain(first);

            berth.cli("alias", "set", "it", first.substring(0, 12));
            assertThat(berth.cli("alias", "list")).contains(first);

            berth.cli("alias", "remove", "it");
            assertThat(berth.cli("list").lines()).hasSize(3);
        }
    }

    @Test
    void what_is_no_image_is_refused_in_words_and_leaves_nothing() throws Exception {
        Path file = Files.write(folder.resolve("noise"), new byte[70_000]);

        try (RunningBerth berth = RunningBerth.in(data)) {
            assertThatThrownBy(() -> berth.cli("import", file.toString()))
                    .hasMessageContaining("exited 1")
                    .hasMessageContaining("berth: ");
            assertThat(berth.cli("list").lines()).hasSize(1);
            assertThat(files(data.resolve("staging"))).isEmpty();
            assertThat(files(data.resolve("blobs"))).isEmpty();
        }
    }

    @Test
    void a_trust_token_names_the_client_the_address_and_the_certificate() throws Exception {
        try (RunningBerth berth = RunningBerth.in(data)) {
            List<String> lines = berth.cli("token", "laptop").lines().toList();
            JsonNode token = LxdJson.read(Base64.getDecoder().decode(lines.get(lines.size() - 1)));

            assertThat(token.path("client_name").asText()).isEqualTo("laptop");
            assertThat(token.path("addresses").toString()).contains("127.0.0.1:" + berth.port());
            assertThat(token.path("secret").asText()).matches("[0-9a-f]{64}");
            assertThat(berth.readyLine()).endsWith("fingerprint " + token.path("fingerprint").asText());
        }
    }

    @Test
    void a_second_service_cannot_have_the_same_directory() throws Exception {
        try (RunningBerth first = RunningBerth.in(data)) {
            assertThatThrownBy(() -> RunningBerth.in(data)).hasMessageContaining(data + " is in use by another berth");
            assertThat(first.cli("list")).isNotEmpty();
        }
    }

    @Test
    void an_address_that_somebody_has_is_named_and_the_directory_is_free_again() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThatThrownBy(() -> RunningBerth.in(data, Map.of("listen", address)))
                    .hasMessageContaining("cannot listen on " + address);
        }
        RunningBerth.in(data).close();
    }

    @Test
    void operators_see_health_and_metrics_in_the_clear_on_loopback_only() throws Exception {
        try (RunningBerth berth = RunningBerth.in(data)) {
            assertThat(get(berth.management().resolve("/health/live")).statusCode()).isEqualTo(200);
            assertThat(get(berth.management().resolve("/health/ready")).statusCode()).isEqualTo(200);
            assertThat(get(berth.management().resolve("/metrics")).body())
                    .contains("berth_stream_in_flight_bytes", "berth_eventloop_delay_seconds", "vertx_pool_");
        }
    }

    @Test
    void an_image_on_its_road_moves_what_operators_watch() throws Exception {
        Path file = Files.write(folder.resolve("alpine.tar.xz"), ImageFixtures.unified(Packing.XZ));

        try (RunningBerth berth = RunningBerth.in(data)) {
            String fingerprint = berth.cli("import", file.toString()).strip();
            berth.cli("export", fingerprint, out.toString());
            String metrics = get(berth.management().resolve("/metrics")).body();

            assertThat(MOVED).allSatisfy(name -> assertThat(metrics).containsPattern("(?m)^" + name + "(\\{.*})? [0-9.E]*[1-9]"));
            assertThat(AT_REST).allSatisfy(name -> assertThat(metrics).containsPattern("(?m)^" + name + "(\\{.*})? [0-9]"));
        }
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
