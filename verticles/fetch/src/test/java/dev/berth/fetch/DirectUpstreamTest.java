package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.Behaviours;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lxc image import https://…}, formats facts 116 to 126. */
class DirectUpstreamTest {
    private static final byte[] TARBALL = ImageFixtures.unified(Packing.XZ);
    private static final String HASH = ImageFixtures.fingerprint(TARBALL);

    @TempDir Path folder;
    private FetchWorld world;

    @BeforeEach
    void start() {
        world = new FetchWorld(folder).deployed();
        world.upstream.direct("/image", TARBALL);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    @DisplayName("formats 116, 117, 126: the page is asked as both families do, the image as anybody")
    void the_page_tells_hash_and_place() {
        assertThat(world.fetch(page("/image"), "")).extracting(Arrived::bytes).containsExactly(TARBALL);

        assertThat(world.upstream.asked()).extracting(asked -> asked.method() + " " + asked.path())
                .containsExactly("HEAD /image", "GET /image.tarball");
        assertThat(world.upstream.asked().get(0).headers()).containsKeys("LXD-Server-Version", "Incus-Server-Architectures");
        assertThat(world.upstream.asked().get(1).headers()).doesNotContainKey("LXD-Server-Version");
    }

    @Test
    @DisplayName("formats 118, 120: neither status nor redirects matter")
    void a_redirect_to_a_page_that_says_404_is_fine() {
        world.upstream.misbehave("/moved", Behaviours.redirect("/image"));
        world.upstream.misbehave("/image", exchange -> {
            exchange.head(404, 0);
            exchange.response().end();
        });

        assertThat(Expect.yes(world.resolve(page("/moved"), "")).fingerprint().hex()).isEqualTo(HASH);
    }

    @Test
    @DisplayName("formats 119, 121, 122: what is missing or makes no sense is named")
    void headers_that_make_no_sense_are_refused() {
        String url = world.upstream.url() + "/image.tarball";

        assertThat(refused(Map.of()).text()).isEqualTo("Missing LXD-Image-Hash header");
        assertThat(refused(Map.of("LXD-Image-Hash", HASH)).text()).isEqualTo("Missing LXD-Image-URL header");
        assertThat(refused(Map.of("LXD-Image-Hash", "../../x", "LXD-Image-URL", url)).text()).contains("../../x");
        assertThat(refused(Map.of("Incus-Image-Hash", HASH.toUpperCase(), "Incus-Image-URL", url)).text()).contains("LXD-Image-Hash");
        assertThat(refused(Map.of("LXD-Image-Hash", HASH, "LXD-Image-URL", "/image")).text()).contains("Only https://");
        assertThat(refused(Map.of("LXD-Image-Hash", HASH, "LXD-Image-URL", "http://127.0.0.1/x")).text()).contains("Only https://");
    }

    @Test
    @DisplayName("formats 122: both hashes are named")
    void a_wrong_hash_is_found_at_the_end() {
        String other = "0".repeat(64);
        world.upstream.serve("/lie", new byte[0], Map.of(
                "LXD-Image-Hash", other, "LXD-Image-URL", world.upstream.url() + "/image.tarball"));

        assertThat(world.fetch(page("/lie"), "").get(0).failure())
                .contains("Hash mismatch for " + world.upstream.url() + "/image.tarball: " + HASH + " != " + other);
    }

    @Test
    @DisplayName("reliability S08: closed by default, and it says how to open")
    void without_an_allowed_host_nothing_is_asked() {
        FetchWorld closed = new FetchWorld(folder.resolve("closed"));
        FetchConf conf = closed.conf();
        closed.deployed(new FetchConf(conf.cache(), conf.allowPrivateAddresses(), conf.trustedCertificates(), List.of(),
                conf.proxy(), conf.userAgent(), conf.indexBytes(), conf.indexFresh(), conf.limits()));

        Refused refused = Expect.no(closed.resolve(new Source(closed.upstream.url() + "/image", "direct", "", "", ""), ""));

        assertThat(refused.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(refused.text()).contains("fetch.direct-hosts is empty", "adds \"127.0.0.1\"");
        assertThat(closed.upstream.connections()).isZero();
        closed.close();
    }

    private Refused refused(Map<String, String> headers) {
        world.upstream.serve("/odd", new byte[0], headers);
        return Expect.no(world.resolve(page("/odd"), ""));
    }

    private Source page(String path) {
        return new Source(world.upstream.url() + path, "direct", "", "", "");
    }
}
