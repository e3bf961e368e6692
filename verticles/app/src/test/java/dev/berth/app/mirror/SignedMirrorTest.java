package dev.berth.app.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.clients.Eventually;
import dev.berth.kit.openpgp.Keyring;
import dev.berth.kit.openpgp.SigningKey;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upstream that must sign, and the mirror's own signatures of what it lists. */
class SignedMirrorTest {
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);
    private static final byte[] ROOTFS = ImageFixtures.squashfsLike(10_000);
    private static final String DOCUMENTS = "/mirror/up/streams/v1/";

    @TempDir
    private Path folder;

    private final SigningKey theirs = SigningKey.make("Upstream", Clock.systemUTC());
    private MirrorWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new MirrorWorld(folder, true);
        world.streams.add("alpine/3.20", "20260821_0742", METADATA, ROOTFS);
        world.streams.publishSigned(theirs);
        Path ring = Files.writeString(folder.resolve("theirs.asc"), theirs.publicKey());
        world.started(Map.of("upstreams.up.signed-by", ring.toString(), "upstreams.up.fresh", "200ms"));
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    @DisplayName("formats 111: what the mirror lists is signed by its own key, in both forms")
    void the_mirror_signs_what_it_lists() throws Exception {
        Path own = Files.writeString(folder.resolve("own.asc"), world.berth().cli("key", "export"));
        Keyring ring = Keyring.read(own, Clock.systemUTC());

        JsonObject index = new JsonObject(text(ring.verifyClearSigned(got("index.sjson")).text()));
        String products = index.getJsonObject("index").getJsonObject("images").getString("path");
        assertThat(products).isEqualTo("streams/v1/images.sjson");
        assertThat(new JsonObject(text(ring.verifyClearSigned(got("images.sjson")).text())))
                .isEqualTo(new JsonObject(text(got("images.json"))));
        ring.verifyDetached(got("index.json"), got("index.json.gpg"));
        ring.verifyDetached(got("images.json"), got("images.json.gpg"));
        assertThat(got("index.sjson")).as("the same from every instance").isEqualTo(got("index.sjson"));
    }

    @Test
    @DisplayName("S30: when somebody else signs for the upstream, its last list stays and says why")
    void a_wrong_signature_upstream_changes_nothing() throws Exception {
        byte[] before = got("images.json");
        world.streams.add("alpine/3.20", "20260822_0742", METADATA, ImageFixtures.squashfsLike(1000));
        world.streams.publishSigned(SigningKey.make("Upstream", Clock.systemUTC()));

        Eventually.holds("the list is marked", () -> stale() != null);
        assertThat(stale()).contains("is refused: expected a signature by key ", " of theirs.asc, got one by key ")
                .doesNotContain(folder.toString());
        assertThat(got("images.json")).isEqualTo(before);
        assertThat(world.get("/mirror/up/images/" + ImageFixtures.fingerprint(ROOTFS) + "/rootfs.squashfs").bytes())
                .isEqualTo(ROOTFS);
    }

    private String stale() {
        return world.get(DOCUMENTS + "index.json").header("X-Berth-Stale");
    }

    private byte[] got(String name) {
        Received received = world.get(DOCUMENTS + name);
        assertThat(received.status()).isEqualTo(200);
        return received.bytes();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
