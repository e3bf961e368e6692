package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.RunningBerth;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.Behaviour;
import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeLxd;
import dev.berth.testkit.upstream.FakeStreams;
import dev.berth.testkit.upstream.FakeUpstream;
import dev.berth.testkit.upstream.TestCertificate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Other servers that lie or break, seen through the whole service: both sides are named, and nothing stays behind. */
@Timeout(120)
class BadSourceTest {
    private static final String PRODUCT = "alpine/3.20";
    private static final String SERIAL = "20260821_0742";
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);
    private static final byte[] ROOTFS = ImageFixtures.squashfsLike(400_000);
    private static final byte[] TARBALL = ImageFixtures.unified(Packing.GZIP);
    private static final String SHA = ImageFixtures.fingerprint(ROOTFS);
    private static final String LXD_INFO = FakeLxd.infoPath(ImageFixtures.fingerprint(TARBALL));

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeUpstream upstream = FakeUpstream.start(vertx);
    private final FakeStreams streams = upstream.streams();
    private final FakeLxd lxd = upstream.lxd();
    private RunningBerth berth;
    private RawClient client;
    private Images images;

    @BeforeEach
    void start() throws Exception {
        berth = RunningBerth.in(folder.resolve("data"), Map.of(
                "fetch.allow-private-addresses", "127.0.0.1",
                "fetch.trusted-certificates", upstream.certificate().writtenTo(folder).toString(),
                "fetch.index-fresh", "0s",
                "fetch.stall", "500ms",
                "fetch.tries", "2"));
        client = new RawClient(berth.unixSocket());
        images = new Images(client);
        streams.add(PRODUCT, SERIAL, METADATA, ROOTFS);
        streams.publish();
        lxd.alias("alpine", lxd.add(TARBALL));
    }

    @AfterEach
    void stop() throws Exception {
        berth.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("a wrong file hash", Behaviours.flip(399_000), List.of("Hash mismatch for", " != " + SHA)),
                arguments("an endless body", Behaviours.endless(), List.of("expected 400000 bytes, got more")),
                arguments("a short body", Behaviours.shortenTo(1_000), List.of("expected 400000 bytes, got 1000")),
                arguments("one byte more than promised", Behaviours.lengthenBy(1), List.of("expected 400000 bytes, got more")),
                arguments("a body that always stalls", Behaviours.stallAt(1_000), List.of("stalled: nothing came for 500 ms")),
                arguments("a file that is gone", Behaviours.status(404), List.of("the server answered 404")),
                arguments("a redirect inside", Behaviours.redirect("https://[::1]:8443/x"), List.of("[::1]:8443 is off limits")),
                arguments("a redirect to plain http", Behaviours.redirect("http://127.0.0.1/x"), List.of("redirects outside")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    @DisplayName("reliability S02, S05, S10: a file of an image stream")
    void a_file_that_is_not_what_was_promised_leaves_nothing(String flaw, Behaviour behaviour, List<String> words)
            throws Exception {
        upstream.misbehave(streams.path(PRODUCT, SERIAL, "root.squashfs"), behaviour);

        assertRefused(PRODUCT, "simplestreams", words);
    }

    @Test
    @DisplayName("reliability S01: right files, wrong combined hash")
    void a_wrong_combined_hash_leaves_nothing_and_both_are_named() throws Exception {
        String lie = "0123456789abcdef".repeat(4);
        streams.item(PRODUCT, SERIAL, "lxd.tar.xz").put("combined_squashfs_sha256", lie);
        streams.item(PRODUCT, SERIAL, "incus.tar.xz").put("combined_squashfs_sha256", lie);
        streams.publish();

        assertRefused(PRODUCT, "simplestreams", List.of(lie, ImageFixtures.fingerprint(METADATA, ROOTFS)));
        assertThat(upstream.bytes(streams.path(PRODUCT, SERIAL, "root.squashfs"))).isEqualTo(ROOTFS.length);
    }

    static Stream<Arguments> documents() {
        String outside = "{'index':{'a':{'datatype':'image-downloads','path':'%s','products':['a']}}}";
        return Stream.of(
                arguments("a list", "[]", "cannot be read"),
                arguments("a page", "<html>", "cannot be read"),
                arguments("cut", "{'index':{'a':{'da", "cannot be read"),
                arguments("a number for the index", "{'index':5}", "cannot be read"),
                arguments("wrong types inside", "{'index':{'a':5,'b':{'datatype':5}}}", "Image not found"),
                arguments("up and out", outside.formatted("../../etc/passwd"), "Image not found"),
                arguments("another server", outside.formatted("https://elsewhere.example/images.json"), "Image not found"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    @DisplayName("reliability S12: the index of an image stream")
    void an_index_that_makes_no_sense_leaves_nothing(String flaw, String index, String words) throws Exception {
        upstream.serve(FakeStreams.INDEX, index.replace('\'', '"'));

        assertRefused(PRODUCT, "simplestreams", List.of(words));
        assertThat(upstream.asked()).extracting(asked -> asked.path()).containsOnly(FakeStreams.INDEX);
    }

    @Test
    @DisplayName("reliability S12: products of a wrong type spoil only themselves")
    void an_image_beside_a_bad_product_is_had() throws Exception {
        streams.addUnified("bad", SERIAL, TARBALL);
        streams.product("bad").put("versions", 5);
        streams.publish();

        assertThat(pulled(PRODUCT, "simplestreams").succeeded()).isTrue();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("a redirect loop", Behaviours.redirect(LXD_INFO), "expected at most 10 redirects"),
                arguments("an error", Behaviours.status(500), "the server answered 500"),
                arguments("no answer at all", Behaviours.hangUp(), "did not answer"),
                arguments("the image is gone", Behaviours.status(404), "Image not found"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void an_lxd_server_that_breaks_leaves_nothing(String flaw, Behaviour behaviour, String words) throws Exception {
        upstream.misbehave(LXD_INFO, behaviour);

        assertRefused("alpine", "lxd", List.of(words));
    }

    @Test
    void an_alias_that_is_gone_leaves_nothing() throws Exception {
        lxd.removeAlias("alpine");

        assertRefused("alpine", "lxd", List.of("Image not found"));
    }

    @Test
    @DisplayName("reliability S31: certificates, R63: what is cached keeps serving meanwhile")
    void a_server_that_is_down_or_somebody_else_now_takes_nothing_from_the_cache() throws Exception {
        assertThat(resolved().path("how").asText()).isEqualTo("fetched");

        upstream.goAway();
        assertThat(resolved().path("how").asText()).isEqualTo("stale");
        upstream.comeBack(TestCertificate.expired());
        assertRefused("alpine", "lxd", List.of("certificate"));
        assertThat(resolved().path("how").asText()).isEqualTo("stale");
        upstream.goAway().comeBack(TestCertificate.loopback());
        assertRefused("alpine", "lxd", List.of("the server's certificate is not trusted"));

        String fingerprint = resolved().path("fingerprint").asText();
        assertThat(images.export(fingerprint).body()).isEqualTo(TARBALL);
    }

    private void assertRefused(String name, String protocol, List<String> words) throws Exception {
        Remains before = Remains.of(berth.data(), client);

        Images.Outcome outcome = pulled(name, protocol);

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.error()).contains(words).hasSizeLessThan(1000);
        before.areSame();
        assertThat(folder.resolve("data/cache/indexes")).isDirectoryNotContaining("glob:**.part");
        assertThat(folder.resolve("data/cache/deltas")).isEmptyDirectory();
    }

    private Images.Outcome pulled(String name, String protocol) throws IOException {
        Map<String, Object> source = source(protocol);
        source.putAll(Map.of("type", "image", "mode", "pull", "alias", name));
        return images.outcome(client.sendJson("POST", "/1.0/images", text(Map.of("source", source))));
    }

    private JsonNode resolved() throws IOException {
        Map<String, Object> question = Map.of("alias", "alpine", "source", source("lxd"));
        return client.sendJson("POST", "/berth/v1/resolve", text(question)).metadata();
    }

    private Map<String, Object> source(String protocol) {
        return new HashMap<>(Map.of("server", upstream.url(), "protocol", protocol));
    }

    private static String text(Map<String, ?> json) {
        return new String(LxdJson.bytes(json), StandardCharsets.UTF_8);
    }
}
