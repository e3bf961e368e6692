package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.app.RunningBerth;
import dev.berth.kit.openpgp.SigningKey;
import dev.berth.testkit.Gpg;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.RealTool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole service signs, read by the real gpg and by another whole service that asks for the signature. */
class SignedIndexTest {
    private static final String STREAM = "/streams/v1/";
    private static final byte[] BYTES = ImageFixtures.unified(Packing.XZ);

    @TempDir
    private static Path home;

    private static RunningBerth berth;
    private static Curl curl;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        berth = RunningBerth.in(home.resolve("berth"));
        curl = Curl.stranger(berth);
        Path file = Files.write(home.resolve("alpine.tar.xz"), BYTES);
        berth.cli("import", file.toString(), "--alias", "alpine", "--public");
    }

    @AfterAll
    static void stop() throws Exception {
        berth.close();
    }

    @Test
    @DisplayName("formats 111: gpg verifies what is served with the key that the service and the command line tell")
    void gpg_believes_the_signed_twins() throws Exception {
        String key = berth.cli("key", "export");
        assertThat(curl.get("/berth/v1/key").body()).isEqualTo(key);
        try (Gpg gpg = Gpg.in(folder.resolve("gpg"))) {
            String index = served(gpg, "index.sjson");
            assertThat(gpg.refuses("--verify", index)).contains("No public key");

            gpg.run("--import", gpg.file(key.getBytes(StandardCharsets.US_ASCII)));
            gpg.run("--verify", index);
            gpg.run("--verify", served(gpg, "images.sjson"));
            gpg.run("--verify", served(gpg, "index.json.gpg"), served(gpg, "index.json"));
            gpg.run("--verify", served(gpg, "images.json.gpg"), served(gpg, "images.json"));
            assertThat(Files.readString(Path.of(index))).contains("streams/v1/images.sjson").doesNotContain("images.json");
        }
    }

    @Test
    @DisplayName("formats 112: gpgv, as the simplestreams tools call it, verifies with a keyring and fails with an empty one")
    void gpgv_verifies_with_a_keyring_and_fails_with_an_empty_one() throws Exception {
        RealTool gpgv = RealTool.named("gpgv");
        Path empty = Files.createFile(folder.resolve("empty.gpg"));
        try (Gpg gpg = Gpg.in(folder.resolve("gpg"))) {
            gpg.run("--import", gpg.file(berth.cli("key", "export").getBytes(StandardCharsets.US_ASCII)));
            String ring = gpg.exported("Berth").toString();
            for (String name : List.of("index.sjson", "images.sjson")) {
                gpgv.run(folder, "--keyring", ring, served(gpg, name));
                gpgv.refuses(folder, "--keyring", empty.toString(), served(gpg, name));
            }
        }
    }

    @Test
    @DisplayName("formats 113, S30: a service that must see a signature takes images from the one that signs, and from no other")
    void another_service_takes_signed_images_only() throws Exception {
        Path ours = Files.writeString(folder.resolve("ours.asc"), berth.cli("key", "export"));
        try (RunningBerth other = RunningBerth.in(folder.resolve("other"), asking(ours))) {
            assertThat(pulled(other)).isEqualTo(ImageFixtures.fingerprint(BYTES));
        }
        Path theirs = Files.writeString(
                folder.resolve("theirs.asc"), SigningKey.make("Them", Clock.systemUTC()).publicKey());
        try (RunningBerth other = RunningBerth.in(folder.resolve("third"), asking(theirs))) {
            assertThatThrownBy(() -> pulled(other)).hasMessageContaining("index.sjson is refused: expected a signature by key");
        }
    }

    private String pulled(RunningBerth by) {
        return by.cli("pull", "--protocol", "simplestreams", berth.https().toString(), "alpine").strip();
    }

    private Map<String, String> asking(Path signedBy) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fetch.allow-private-addresses", "127.0.0.1");
        settings.put("fetch.trusted-certificates", berth.data().resolve("keys/server.crt").toString());
        settings.put("upstreams.berth.url", berth.https().toString());
        settings.put("upstreams.berth.signed-by", signedBy.toString());
        return settings;
    }

    /** A file with what is served under that name. */
    private String served(Gpg gpg, String name) {
        return gpg.file(curl.get(STREAM + name).body().getBytes(StandardCharsets.UTF_8));
    }
}
