package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.RunningBerth;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A Berth that fetches from a real LXD and pushes to it (rest-api 9.1). */
@ExtendWith(RealLxd.class)
class LxdCopyTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static RunningBerth berth;

    private static LxcClient lxc;

    @BeforeAll
    static void start(LxdDaemon daemon) throws Exception {
        berth = RunningBerth.in(folder.resolve("data"), Map.of("fetch.allow-private-addresses", "127.0.0.1"));
        lxc = daemon.client(folder.resolve("lxc")).add("b", berth);
    }

    @AfterEach
    void leave_lxd_without_instances_and_images_and_trust() {
        lxc.rows("list", "-c", "n").forEach(row -> lxc.good("delete", "--force", row.get(0)));
        lxc.rows("image", "list", "local:", "-c", "F").forEach(row -> lxc.good("image", "delete", row.get(0)));
        lxc.rows("config", "trust", "list", "local:").forEach(row -> lxc.good("config", "trust", "remove", row.get(3)));
    }

    @Test
    @DisplayName("rest-api 131, 139: a private image of LXD, by secret, with edited properties and its names")
    void a_private_image_is_pulled_from_lxd() throws Exception {
        String fingerprint = imported("local:", "private", "--alias", "theirs");
        lxc.good("image", "set-property", "local:" + fingerprint, "colour", "red & blue");

        lxc.good("image", "copy", "local:" + fingerprint, "b:", "--copy-aliases", "--alias", "mine", "--public");

        assertThat(lxc.good("image", "info", "b:mine"))
                .contains("Fingerprint: " + fingerprint, "Public: yes", "colour: red & blue", "- theirs", "Cached: no")
                .doesNotContain("Source:");
    }

    @Test
    @DisplayName("rest-api 128, 143, 178: a public image of LXD is followed and refreshed")
    void a_followed_image_of_lxd_is_refreshed() throws Exception {
        String older = imported("local:", "older", "--alias", "latest", "--public");
        lxc.good("image", "copy", "local:latest", "b:", "--auto-update", "--alias", "followed");
        assertThat(lxc.good("image", "info", "b:followed")).contains("Fingerprint: " + older, "Alias: latest");

        String newer = imported("local:", "newer", "--alias", "latest", "--public");
        lxc.good("image", "refresh", "b:followed");

        assertThat(lxc.good("image", "info", "b:followed")).contains("Fingerprint: " + newer);
    }

    @Test
    @DisplayName("rest-api 127: a split image of LXD")
    void a_split_image_is_pulled_from_lxd() throws Exception {
        byte[] metadata = ImageFixtures.metadataTarball(Packing.XZ);
        byte[] rootfs = ImageFixtures.squashfsLike(300_000);
        Path first = Files.write(folder.resolve("meta"), metadata);
        Path second = Files.write(folder.resolve("root"), rootfs);
        lxc.good("image", "import", first.toString(), second.toString(), "local:");
        String fingerprint = ImageFixtures.fingerprint(metadata, rootfs);

        lxc.good("image", "copy", "local:" + fingerprint, "b:", "--alias", "split");
        Path into = Files.createDirectory(folder.resolve("into"));
        lxc.good("image", "export", "b:split", into.toString());

        assertThat(into.resolve(fingerprint + ".squashfs")).hasBinaryContent(rootfs);
    }

    @Test
    @DisplayName("issue: a private image of LXD by client certificate: LXD trusts the one that Berth serves with")
    void an_lxd_that_trusts_berth_gives_its_private_images() throws Exception {
        String fingerprint = imported("local:", "closed", "--alias", "closed");
        JsonNode server = LxdJson.read(lxc.good("query", "local:/1.0").getBytes(StandardCharsets.UTF_8));
        Path pin = Files.writeString(folder.resolve("lxd.crt"), server.at("/environment/certificate").asText());
        String url = "https://" + server.at("/environment/addresses/0").asText();
        assertThatThrownBy(() -> berth.cli("pull", url, "closed", "--certificate", pin.toString()))
                .hasMessageContaining("Failed getting remote image info");

        lxc.good("config", "trust", "add", "local:", berth.data().resolve("keys/server.crt").toString(), "--name", "berth");

        assertThat(berth.cli("pull", url, "closed", "--certificate", pin.toString()).strip()).isEqualTo(fingerprint);
    }

    @Test
    @DisplayName("issue: lxc publish of a container of LXD into Berth, which pulls it by a secret")
    void a_container_is_published_into_berth() throws Exception {
        Path image = BusyboxImage.named("published", folder).unified(Packing.GZIP);
        lxc.good("image", "import", image.toString(), "local:", "--alias", "bb");
        lxc.good("init", "local:bb", "c1");
        lxc.reading("LXD", "file", "push", "-", "c1/etc/made-by");

        lxc.good("publish", "c1", "b:", "--alias", "published", "--public", "colour=red & blue");
        lxc.good("delete", "--force", "c1");
        lxc.good("launch", "b:published", "c2");

        assertThat(lxc.good("image", "info", "b:published")).contains("Public: yes", "colour: red & blue");
        assertThat(lxc.good("exec", "c2", "--", "cat", "/etc/made-by")).isEqualTo("LXD");
        lxc.good("delete", "--force", "c2");
    }

    @Test
    @DisplayName("rest-api 154: Berth as the source of a push; the client names its target by the address it uses itself")
    void an_image_is_pushed_to_lxd() throws Exception {
        String fingerprint = imported("b:", "pushed", "--alias", "ours");

        String[] token = lxc.good("config", "trust", "add", "--name", "pusher").split("\n");
        lxc.good("remote", "add", "lxd", token[token.length - 1]);

        lxc.good("image", "copy", "b:" + fingerprint, "lxd:", "--mode=push", "--copy-aliases", "--alias", "arrived");

        assertThat(lxc.rows("image", "list", "local:" + fingerprint, "-c", "F")).containsExactly(List.of(fingerprint));
        assertThat(lxc.good("image", "info", "local:arrived")).contains("- ours");
    }

    private static String imported(String remote, String name, String... more) throws Exception {
        byte[] image = ImageFixtures.unifiedNamed(Packing.GZIP, name);
        Path file = Files.write(folder.resolve(name), image);
        List<String> words = new ArrayList<>(List.of("image", "import", file.toString(), remote));
        words.addAll(List.of(more));
        lxc.good(words.toArray(String[]::new));
        return ImageFixtures.fingerprint(image);
    }
}
