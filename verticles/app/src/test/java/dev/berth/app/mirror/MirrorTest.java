package dev.berth.app.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.clients.Eventually;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeStreams;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers see of an upstream: its list, its items, and what becomes of both when the upstream changes. */
class MirrorTest {
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);
    private static final byte[] ROOTFS = ImageFixtures.squashfsLike(300_000);
    private static final byte[] UNIFIED = ImageFixtures.unified(Packing.GZIP);
    private static final String OLD = "20260821_0742";
    private static final String NEW = "20260822_0742";
    private static final String INDEX = "/mirror/up/streams/v1/index.json";
    private static final String IMAGES = "/mirror/up/streams/v1/images.json";

    @TempDir
    private Path folder;

    private MirrorWorld world;
    private String fingerprint;

    @BeforeEach
    void publish() {
        world = new MirrorWorld(folder, true);
        fingerprint = world.streams.add("alpine/3.20", OLD, METADATA, ROOTFS);
        world.streams.product("alpine/3.20").put("aliases", "alpine/3.20,alpine/edge");
        world.streams.publish();
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    @DisplayName("formats 77, 87, 90, 108: product, serial, names and hashes are those of the upstream, for LXD and for Incus")
    void the_list_is_that_of_the_upstream_with_paths_of_our_own() throws Exception {
        world.started(Map.of());

        JsonObject product = world.products().getJsonObject("alpine/3.20");
        JsonObject items = product.getJsonObject("versions").getJsonObject(OLD).getJsonObject("items");

        assertThat(world.get("/mirror/up/streams/v1/images.sjson").body().toString())
                .startsWith("-----BEGIN PGP SIGNED MESSAGE-----");
        assertThat(world.get(INDEX).body().toString()).contains("\"alpine/3.20\"", "streams/v1/images.json");
        assertThat(product.getString("aliases")).isEqualTo("alpine/3.20,alpine/edge");
        assertThat(items.getJsonObject("lxd.tar.xz").getString("combined_squashfs_sha256")).isEqualTo(fingerprint);
        assertThat(items.getJsonObject("incus.tar.xz").getString("combined_squashfs_sha256")).isEqualTo(fingerprint);
        assertThat(items.getJsonObject("squashfs").getLong("size")).isEqualTo(ROOTFS.length);
        assertThat(items.getJsonObject("squashfs").getString("path"))
                .isEqualTo("images/" + ImageFixtures.fingerprint(ROOTFS) + "/rootfs.squashfs");
    }

    @Test
    @DisplayName("formats 81, 82: documents have an entity tag and come as gzip; items never change")
    void documents_and_items_can_be_cached() throws Exception {
        world.streams.product("alpine/3.20").put("aliases", "alpine/3.20" + IntStream.range(0, 200).mapToObj(i -> ",alpine/edge" + i).collect(Collectors.joining()));
        world.streams.publish();
        world.started(Map.of());
        String tag = world.get(IMAGES).header("ETag");
        String path = world.path("alpine/3.20", OLD, "squashfs");

        assertThat(world.get(IMAGES, Map.of("If-None-Match", tag)).status()).isEqualTo(304);
        assertThat(world.get(IMAGES, Map.of("Accept-Encoding", "gzip")).header("Content-Encoding")).isEqualTo("gzip");
        assertThat(world.get(path).header("Cache-Control")).contains("immutable");
        assertThat(world.get(path, Map.of("If-None-Match", "\"" + ImageFixtures.fingerprint(ROOTFS) + "\"")).status())
                .isEqualTo(304);
        assertThat(world.get(path, Map.of("Range", "bytes=10-19")).bytes())
                .isEqualTo(Arrays.copyOfRange(ROOTFS, 10, 20));
    }

    @Test
    void a_cold_item_comes_from_the_upstream_once_and_stays_as_a_cached_image() throws Exception {
        world.started(Map.of());
        String rootfs = world.path("alpine/3.20", OLD, "squashfs");
        String metadata = world.path("alpine/3.20", OLD, "lxd.tar.xz");

        Received head = world.head(rootfs);
        long askedByHead = world.upstream.requests(theirs("squashfs"));
        Received first = world.get(rootfs);
        Received second = world.get(rootfs);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(ROOTFS.length));
        assertThat(askedByHead).isZero();
        assertThat(first.bytes()).isEqualTo(ROOTFS);
        assertThat(second.bytes()).isEqualTo(ROOTFS);
        assertThat(world.get(metadata).bytes()).isEqualTo(METADATA);
        assertThat(world.upstream.requests(theirs("squashfs"))).isEqualTo(1);
        JsonNode image = only(images());
        assertThat(image.path("fingerprint").asText()).isEqualTo(fingerprint);
        assertThat(image.path("cached").asBoolean()).isTrue();
        assertThat(image.path("auto_update").asBoolean()).isTrue();
        assertThat(image.path("public").asBoolean()).isFalse();
        assertThat(image.path("update_source").path("alias").asText()).isEqualTo("alpine/3.20");
        assertThat(image.path("update_source").path("server").asText()).isEqualTo(world.upstream.url());
        Eventually.holds("its use is noted", () -> !only(images()).path("last_used_at").asText().startsWith("0001"));
        assertThat(world.metric("berth_mirror_requests_total{outcome=\"miss\",upstream=\"up\"}")).isEqualTo(1);
        assertThat(world.metric("berth_mirror_requests_total{outcome=\"hit\",upstream=\"up\"}")
                        + world.metric("berth_mirror_requests_total{outcome=\"joined\",upstream=\"up\"}"))
                .isEqualTo(2);
        assertThat(world.metric("berth_mirror_fetched_total{upstream=\"up\"}")).isEqualTo(METADATA.length + ROOTFS.length);
    }

    @Test
    @DisplayName("peers b.2: clients keep a list for an hour; what it names can be had although a newer one is there")
    void a_newer_version_appears_and_the_old_one_stays_deliverable() throws Exception {
        world.started(Map.of("upstreams.up.fresh", "100ms"));
        String old = world.path("alpine/3.20", OLD, "squashfs");
        String metadata = world.path("alpine/3.20", OLD, "lxd.tar.xz");
        world.get(old);

        world.streams.addUnified("alpine/3.20", NEW, UNIFIED);
        world.streams.removeVersion("alpine/3.20", OLD).publish();
        Eventually.holds("the newer version is listed", () -> versions().containsKey(NEW));

        assertThat(versions().containsKey(OLD)).isFalse();
        assertThat(world.get(old).bytes()).isEqualTo(ROOTFS);
        assertThat(world.get(metadata).bytes()).isEqualTo(METADATA);
        assertThat(world.get(world.path("alpine/3.20", NEW, "lxd_combined.tar.gz")).bytes()).isEqualTo(UNIFIED);
        assertThat(world.upstream.requests("/images/alpine/3.20/" + OLD + "/rootfs.squashfs")).isEqualTo(1);
    }

    @Test
    void what_was_delisted_before_a_restart_stays_deliverable_after_it() throws Exception {
        world.started(Map.of("upstreams.up.fresh", "100ms"));
        String old = world.path("alpine/3.20", OLD, "squashfs");
        world.streams.addUnified("alpine/3.20", NEW, UNIFIED);
        world.streams.removeVersion("alpine/3.20", OLD).publish();
        Eventually.holds("the newer version is listed", () -> versions().containsKey(NEW));

        world.stopped().started(Map.of());

        assertThat(versions().containsKey(OLD)).isFalse();
        assertThat(world.get(old).bytes()).isEqualTo(ROOTFS);
        assertThat(world.head(old.replace("rootfs", "other")).status()).isEqualTo(404);
    }

    @Test
    void what_is_delisted_while_the_service_does_not_run_stays_deliverable() throws Exception {
        world.started(Map.of());
        String old = world.path("alpine/3.20", OLD, "squashfs");

        world.stopped();
        world.streams.addUnified("alpine/3.20", NEW, UNIFIED);
        world.streams.removeVersion("alpine/3.20", OLD).publish();
        world.started(Map.of("upstreams.up.fresh", "1ms"));
        Eventually.holds("the newer version is listed", () -> versions().containsKey(NEW));

        assertThat(versions().containsKey(OLD)).isFalse();
        assertThat(world.get(old).bytes()).isEqualTo(ROOTFS);
    }

    @Test
    void after_the_grace_time_a_delisted_item_is_gone() throws Exception {
        world.started(Map.of("upstreams.up.fresh", "100ms", "upstreams.up.grace", "0s"));
        String old = world.path("alpine/3.20", OLD, "squashfs");

        world.streams.addUnified("alpine/3.20", NEW, UNIFIED);
        world.streams.removeVersion("alpine/3.20", OLD).publish();

        Eventually.holds("the old version is gone", () -> world.head(old).status() == 404);
    }

    @Test
    void while_the_upstream_is_away_the_last_list_serves_and_says_so_also_after_a_restart() throws Exception {
        world.started(Map.of("upstreams.up.fresh", "100ms"));
        String rootfs = world.path("alpine/3.20", OLD, "squashfs");
        assertThat(world.get(rootfs).isWhole()).isTrue();
        String before = world.get(IMAGES).header("ETag");
        assertThat(world.get(IMAGES).headers().contains("X-Berth-Stale")).isFalse();

        world.upstream.goAway();
        Eventually.holds("the list is marked", () -> world.get(IMAGES).headers().contains("X-Berth-Stale"));
        Received marked = world.get(IMAGES);
        double gauge = world.metric("berth_mirror_stale{upstream=\"up\"}");
        world.stopped().started(Map.of());
        Received restarted = world.get(IMAGES);
        boolean delivered = world.get(rootfs).isWhole();
        world.upstream.comeBack();

        assertThat(marked.header("Warning")).startsWith("110 ");
        assertThat(marked.header("X-Berth-Stale")).startsWith("since 2").contains(world.upstream.url().substring("https://".length()));
        assertThat(gauge).isEqualTo(1);
        assertThat(restarted.status()).isEqualTo(200);
        assertThat(restarted.header("ETag")).isEqualTo(before);
        assertThat(delivered).isTrue();
    }

    @Test
    void an_upstream_that_never_answered_is_no_reason_to_fail_and_is_told() throws Exception {
        world.upstream.misbehave(FakeStreams.INDEX, Behaviours.status(500));
        world.started(Map.of());

        Received answer = world.get(INDEX);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().toString()).contains("has given no list yet", "500");
    }

    @Test
    @DisplayName("formats 103, 115: only what is listed can be had, whatever the path looks like")
    void unknown_things_and_path_tricks_are_not_found() throws Exception {
        world.started(Map.of());
        String rootfs = world.path("alpine/3.20", OLD, "squashfs");
        String sha = ImageFixtures.fingerprint(ROOTFS);

        for (String path : new String[] {
            "/mirror/other/streams/v1/index.json", "/mirror/up/streams/v1/other.json", "/mirror/up/streams/v1/",
            "/mirror/up/images/" + sha + "/other.squashfs", "/mirror/up/images/" + "0".repeat(64) + "/rootfs.squashfs",
            "/mirror/up/images/../" + sha, "/mirror/up/images/%2e%2e/rootfs.squashfs", "/mirror/up", "/mirror/",
            "/mirror/up/images/" + sha + "/..%2f..%2fberth.db", "/mirror/up/images/" + sha + "/rootfs.squashfs%00",
            "/mirror/%2e%2e/keys/server.key"}) {
            assertThat(world.get(path).status()).as(path).isIn(400, 404);
        }
        assertThat(world.get(rootfs.replace("/images/", "//images//")).bytes()).isEqualTo(ROOTFS);
        assertThat(world.get("/mirror/up//streams/v1//index.json").status()).isEqualTo(200);
    }

    @Test
    void a_filter_leaves_what_it_says() throws Exception {
        world.streams.addUnified("alpine/3.20", NEW, UNIFIED);
        world.streams.addUnified("debian/13", NEW, ImageFixtures.unifiedNamed(Packing.XZ, "debian"));
        world.streams.product("debian/13").put("os", "Debian").put("release", "trixie").put("arch", "arm64");
        world.streams.publish();
        world.started(Map.of("upstreams.up.filter", "os=alpine,serial=newest"));

        assertThat(world.products().fieldNames()).containsExactly("alpine/3.20");
        assertThat(versions().fieldNames()).containsExactly(NEW);
    }

    private String theirs(String item) {
        return world.streams.path("alpine/3.20", OLD, item.equals("squashfs") ? "root.squashfs" : item);
    }

    private JsonObject versions() {
        return world.products().getJsonObject("alpine/3.20").getJsonObject("versions");
    }

    private JsonNode images() {
        return LxdJson.read(world.berth().cli("list", "--json").getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode only(JsonNode list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }
}
