package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real LXD daemon with Berth as a remote: it launches containers from Berth, and images go both ways in every mode that
 * works without Berth fetching. {@code lxc} here talks to LXD by default and to Berth as {@code b:}.
 */
@ExtendWith(RealLxd.class)
class LxdDaemonTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static RunningBerth berth;

    private static LxcClient lxc;
    private static String unified;
    private static String split;

    @BeforeAll
    static void start(LxdDaemon daemon) throws Exception {
        berth = RunningBerth.in(folder.resolve("data"));
        lxc = daemon.client(folder.resolve("lxc")).add("b", berth);
        BusyboxImage image = BusyboxImage.named("busybox", folder);
        Path whole = image.unified(Packing.GZIP);
        Path metadata = image.metadata(Packing.XZ);
        Path rootfs = image.squashfs();
        unified = BusyboxImage.fingerprint(whole);
        split = BusyboxImage.fingerprint(metadata, rootfs);
        lxc.good("image", "import", whole.toString(), "b:", "--public", "--alias", "bb/public");
        lxc.good("image", "import", metadata.toString(), rootfs.toString(), "b:", "--alias", "bb/secret");
    }

    @AfterEach
    void leave_lxd_without_instances_and_images() {
        lxc.rows("list", "-c", "n").forEach(row -> lxc.good("delete", "--force", row.get(0)));
        lxc.rows("image", "list", "local:", "-c", "F").forEach(row -> lxc.good("image", "delete", row.get(0)));
    }

    @Test
    void a_container_is_launched_from_a_public_image_by_its_alias() throws Exception {
        lxc.good("launch", "b:bb/public", "c1");

        assertThat(lxc.good("exec", "c1", "--", "cat", "/etc/hostname").strip()).as("its template is applied").isEqualTo("c1");
        Eventually.holds("init sets the host name",
                () -> lxc.good("exec", "c1", "--", "hostname").strip().equals("c1"));
        assertThat(lxc.good("config", "show", "c1")).contains("volatile.base_image: " + unified, "image.os: BusyBox");
    }

    @Test
    @DisplayName("rest-api 157")
    void a_container_is_launched_from_a_private_image_by_a_secret() {
        List<String> earlier = downloadTokens().stream().map(token -> token.get(0)).toList();

        lxc.good("launch", "b:bb/secret", "c2");

        assertThat(lxc.good("exec", "c2", "--", "cat", "/etc/hostname").strip()).isEqualTo("c2");
        assertThat(lxc.good("config", "show", "c2")).contains("volatile.base_image: " + split);
        assertThat(downloadTokens()).as("the secret is used up").filteredOn(token -> !earlier.contains(token.get(0)))
                .isNotEmpty().allMatch(token -> token.contains("CANCELLED"));
    }

    @Test
    @DisplayName("rest-api 157, 163: Berth as the source")
    void lxd_pulls_copies_with_everything_they_have() {
        lxc.good("image", "copy", "b:bb/public", "local:", "--copy-aliases", "--alias", "mine", "--public", "--auto-update");
        lxc.good("image", "copy", "b:bb/secret", "local:", "--copy-aliases");

        assertThat(lxc.good("image", "info", "local:mine"))
                .contains(unified, "os: BusyBox", "release: 3.10", "Public: yes", "- bb/public", "Auto update: enabled")
                .contains("Server: https://127.0.0.1:" + berth.port(), "Alias: bb/public");
        assertThat(lxc.good("image", "info", "local:bb/secret")).contains(split, "Public: no", "- bb/secret");
    }

    @Test
    @DisplayName("rest-api 9.1: refresh, Berth as the source")
    void lxd_follows_an_alias_to_a_newer_image() throws Exception {
        Path older = Files.write(folder.resolve("older"), ImageFixtures.unifiedNamed(Packing.XZ, "older"));
        Path newer = Files.write(folder.resolve("newer"), ImageFixtures.unifiedNamed(Packing.XZ, "newer"));
        lxc.good("image", "import", older.toString(), "b:", "--public", "--alias", "latest");
        lxc.good("image", "copy", "b:latest", "local:", "--auto-update", "--alias", "followed");
        assertThat(lxc.good("image", "refresh", "local:followed")).contains("already up to date");

        lxc.good("image", "import", newer.toString(), "b:", "--public", "--alias", "latest");
        lxc.good("image", "refresh", "local:followed");

        assertThat(lxc.good("image", "info", "local:followed")).contains("Fingerprint: " + BusyboxImage.fingerprint(newer));
        lxc.good("image", "delete", "b:" + BusyboxImage.fingerprint(older), "b:latest");
    }

    @Test
    @DisplayName("rest-api 155, 165: Berth as the source; by fingerprint, as the client cannot relay a public alias")
    void the_client_relays_copies_out_of_berth() {
        lxc.good("image", "copy", "b:" + unified, "local:", "--mode=relay", "--alias", "mine");
        lxc.good("image", "copy", "b:" + split, "local:", "--mode=relay", "--copy-aliases");

        assertThat(lxc.rows("image", "list", "local:", "-c", "lF"))
                .containsExactlyInAnyOrder(List.of("mine", unified), List.of("bb/secret", split));
    }

    @Test
    @DisplayName("rest-api 148-151, 154: Berth as the target")
    void lxd_pushes_an_image_with_everything_it_has() {
        String fingerprint = published("pushed", "colour=red & blue");

        lxc.good("image", "copy", "local:" + fingerprint, "b:", "--mode=push", "--public", "--copy-aliases", "--alias", "also");

        assertArrived(fingerprint, "pushed");
    }

    @Test
    @DisplayName("rest-api 155: Berth as the target")
    void the_client_relays_an_image_with_everything_it_has() {
        String fingerprint = published("relayed", "colour=red & blue");

        lxc.good("image", "copy", "local:" + fingerprint, "b:", "--mode=relay", "--public", "--copy-aliases", "--alias", "also");

        assertArrived(fingerprint, "relayed");
    }

    @Test
    @DisplayName("rest-api 154, 155: split images")
    void a_split_image_is_pushed_and_relayed_back_into_berth() {
        for (String mode : List.of("push", "relay")) {
            lxc.good("image", "copy", "b:bb/secret", "local:");
            lxc.good("image", "delete", "b:" + split);

            lxc.good("image", "copy", "local:" + split, "b:", "--mode=" + mode, "--alias", "bb/secret");

            assertThat(lxc.good("image", "info", "b:bb/secret")).as(mode)
                    .contains("Fingerprint: " + split, "Public: no", "os: BusyBox", "release: 3.10");
            lxc.good("image", "delete", "local:" + split);
        }
    }

    @Test
    void an_image_published_by_lxd_launches_again_from_berth() {
        String fingerprint = published("round", "os=Round");
        lxc.good("image", "copy", "local:" + fingerprint, "b:", "--mode=push", "--alias", "round", "--public");
        lxc.good("image", "delete", "local:" + fingerprint);

        lxc.good("launch", "b:round", "again");

        assertThat(lxc.good("exec", "again", "--", "cat", "/etc/hostname").strip()).isEqualTo("again");
        assertThat(lxc.good("exec", "again", "--", "cat", "/etc/made-by")).contains("round");
        lxc.good("image", "delete", "b:round");
    }

    /** Makes a container, changes it and publishes it on LXD under its name; the fingerprint. */
    private static String published(String name, String property) {
        lxc.good("init", "b:bb/public", name);
        lxc.reading(name, "file", "push", "-", name + "/etc/made-by");
        lxc.good("publish", name, "local:", "--alias", name, property);
        return lxc.rows("image", "list", "local:", name, "-c", "F").get(0).get(0);
    }

    /** The operations that stand for secrets; each begins with its id. */
    private static List<List<String>> downloadTokens() {
        return lxc.rows("operation", "list", "b:").stream().filter(row -> row.contains("Image download token")).toList();
    }

    private static void assertArrived(String fingerprint, String name) {
        assertThat(lxc.good("image", "info", "b:" + name))
                .contains(fingerprint, "Public: yes", "colour: red & blue", "- " + name, "- also");
        lxc.good("image", "delete", "b:" + name);
    }
}
