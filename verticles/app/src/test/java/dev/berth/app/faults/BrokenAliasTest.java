package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.Behaviour;
import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeStreams;
import dev.berth.testkit.upstream.FakeUpstream;
import io.vertx.core.Vertx;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An upstream that lies, breaks or is gone, to a client of the REST interface: nobody completes, nothing stays behind. */
@Timeout(120)
class BrokenAliasTest {
    private static final String PRODUCT = "alpine/3.20";
    private static final String SERIAL = "20260821_0742";
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);
    private static final byte[] ROOTFS = ImageFixtures.squashfsLike(400_000);

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeUpstream upstream = FakeUpstream.start(vertx);
    private final FakeStreams streams = upstream.streams();
    private RunningBerth berth;
    private RawClient client;
    private String fingerprint;

    @BeforeEach
    void start() throws Exception {
        fingerprint = streams.add(PRODUCT, SERIAL, METADATA, ROOTFS);
        streams.publish();
        berth = RunningBerth.in(folder.resolve("data"), Map.of(
                "fetch.allow-private-addresses", "127.0.0.1",
                "fetch.trusted-certificates", upstream.certificate().writtenTo(folder).toString(),
                "fetch.stall", "500ms",
                "fetch.tries", "2",
                "upstreams.u.url", upstream.url(),
                "upstreams.u.expose", "rest"));
        client = new RawClient(berth.unixSocket());
        assertThat(client.get("/1.0/images/aliases/u%2Falpine%2F3.20").metadata().path("target").asText()).isEqualTo(fingerprint);
    }

    @AfterEach
    void stop() throws Exception {
        berth.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                arguments("one bit in the last block", Behaviours.flip(399_999)),
                arguments("a cut that comes again and again", Behaviours.stallAt(300_000)));
    }

    /** The answer may have begun when the flaw shows; then it breaks off, and its last block was never sent. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("flaws")
    void nobody_completes_an_image_that_is_not_what_was_listed(String flaw, Behaviour behaviour) throws Exception {
        Remains before = Remains.of(berth.data(), client);
        upstream.misbehave(rootfs(), behaviour);

        try {
            assertThat(export().status()).isEqualTo(502);
        } catch (EOFException brokeOff) {
            assertThat(brokeOff).hasMessageContaining("expected a body of");
        }
        before.areSame();
    }

    @Test
    void after_the_upstream_has_come_to_its_senses_the_image_comes_whole() throws Exception {
        upstream.misbehave(rootfs(), Behaviours.status(500));
        assertThat(export().status()).isEqualTo(502);
        upstream.misbehave(rootfs(), Behaviours.right());

        Reply got = export();

        assertThat(got.status()).isEqualTo(200);
        assertThat(new String(got.body(), StandardCharsets.ISO_8859_1))
                .contains(new String(ROOTFS, StandardCharsets.ISO_8859_1));
    }

    @Test
    void an_item_that_is_gone_is_told_before_anything_is_sent() throws Exception {
        Remains before = Remains.of(berth.data(), client);
        upstream.misbehave(streams.path(PRODUCT, SERIAL, "lxd.tar.xz"), Behaviours.status(404));

        Reply got = export();

        assertThat(got.status()).isEqualTo(502);
        assertThat(got.error()).contains("the server answered 404");
        before.areSame();
    }

    @Test
    void an_upstream_that_is_down_keeps_its_names_and_says_why_its_bytes_do_not_come() throws Exception {
        upstream.goAway();

        assertThat(client.get("/1.0/images/aliases/u%2Falpine%2F3.20").status()).isEqualTo(200);
        Reply got = export();

        assertThat(got.status()).isEqualTo(502);
        assertThat(got.error()).contains("Cannot connect to");
    }

    private Reply export() throws Exception {
        return client.get("/1.0/images/" + fingerprint + "/export");
    }

    private String rootfs() {
        return streams.path(PRODUCT, SERIAL, "root.squashfs");
    }
}
