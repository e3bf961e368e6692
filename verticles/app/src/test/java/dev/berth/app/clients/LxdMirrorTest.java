package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.app.RunningBerth;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.Packing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real LXD and its {@code lxc} with other servers as remotes, seen through Berth: {@code m:} is a second Berth, {@code n:}
 * an nginx with the very same tree. Nobody here has a certificate or a token.
 */
@ExtendWith(RealLxd.class)
class LxdMirrorTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static RunningBerth second;

    @AutoClose
    private static Nginx nginx;

    @AutoClose
    private static RunningBerth berth;

    private static LxcClient lxc;
    private static String split;
    private static String unified;

    @BeforeAll
    static void start(LxdDaemon daemon) throws Exception {
        BusyboxImage image = BusyboxImage.named("busybox", folder);
        Path metadata = image.metadata(Packing.XZ);
        Path rootfs = image.squashfs();
        Path whole = BusyboxImage.named("whole", folder).unified(Packing.GZIP);
        split = BusyboxImage.fingerprint(metadata, rootfs);
        unified = BusyboxImage.fingerprint(whole);
        second = RunningBerth.in(folder.resolve("second"));
        second.cli("import", metadata.toString(), rootfs.toString(), "--public", "--alias", "bb");
        second.cli("import", whole.toString(), "--public", "--alias", "bb/whole");
        nginx = new Nginx(folder.resolve("nginx"));
        copyTree(List.of(metadata, rootfs, whole));
        nginx.start("");
        berth = RunningBerth.in(folder.resolve("data"), settings(daemon));
        lxc = daemon.client(folder.resolve("lxc")).trusting(daemon.trusted());
        lxc.good("remote", "add", "m", berth.https() + "/mirror/second/", "--protocol", "simplestreams");
        lxc.good("remote", "add", "n", berth.https() + "/mirror/site", "--protocol", "simplestreams");
    }

    @AfterEach
    void leave_lxd_without_instances_and_images() {
        lxc.rows("list", "-c", "n").forEach(row -> lxc.good("delete", "--force", row.get(0)));
        lxc.rows("image", "list", "local:", "-c", "F").forEach(row -> lxc.good("image", "delete", row.get(0)));
    }

    @Test
    @DisplayName("formats 77, 87, 109: a container of an image of a second Berth, through the first")
    void a_container_is_launched_through_a_mirror_of_a_second_berth() {
        lxc.good("launch", "m:bb", "c1");

        assertThat(lxc.good("exec", "c1", "--", "cat", "/etc/hostname").strip()).isEqualTo("c1");
        assertThat(lxc.good("config", "show", "c1")).contains("volatile.base_image: " + split, "image.os: BusyBox");
        assertThat(berth.cli("list", "--json")).contains(split, "\"cached\" : true");
    }

    @Test
    @DisplayName("formats 76, 90, 91, 94, 110: the same names and fingerprints through a mirror of nginx")
    void images_are_listed_and_copied_through_a_mirror_of_nginx() {
        assertThat(lxc.rows("image", "list", "n:", "-c", "F")).containsExactlyInAnyOrder(List.of(unified), List.of(split));

        lxc.good("image", "copy", "n:bb/whole", "local:", "--copy-aliases", "--auto-update");

        assertThat(lxc.good("image", "info", "local:bb/whole")).contains("Fingerprint: " + unified, "Alias: bb/whole");
        assertThat(lxc.good("image", "refresh", "local:bb/whole")).contains("already up to date");
    }

    @Test
    @DisplayName("an LXD server as the upstream: what is here is seen as a stream")
    void images_of_a_lxd_server_are_listed_when_they_are_here() throws Exception {
        lxc.good("image", "copy", "m:bb", "local:");
        lxc.good("remote", "add", "l", berth.https() + "/mirror/rest", "--protocol", "simplestreams");

        Eventually.holds("what is here is listed",
                () -> lxc.rows("image", "list", "l:", "-c", "F").contains(List.of(split)));
        lxc.good("image", "delete", split);
        lxc.good("image", "copy", "l:bb", "local:");

        assertThat(lxc.rows("image", "list", "local:", "-c", "F")).containsExactly(List.of(split));
    }

    private static Map<String, String> settings(LxdDaemon daemon) {
        Map<String, String> settings = new HashMap<>(daemon.trustedBerth());
        Path certificate = second.data().resolve("keys/server.crt");
        settings.putAll(Map.of(
                "fetch.allow-private-addresses", "127.0.0.1",
                "fetch.trusted-certificates", certificate + "," + nginx.certificate(),
                "upstreams.second.url", second.https().toString(),
                "upstreams.site.url", nginx.url(),
                "upstreams.rest.url", second.https().toString(),
                "upstreams.rest.protocol", "lxd",
                "upstreams.rest.certificate", certificate.toString()));
        return settings;
    }

    /** The stream of the second Berth as plain files. */
    private static void copyTree(List<Path> files) throws IOException {
        Curl curl = Curl.stranger(second);
        for (String name : List.of("streams/v1/index.json", "streams/v1/images.json")) {
            Path document = nginx.site().resolve(name);
            Files.createDirectories(document.getParent());
            Files.writeString(document, curl.get("/" + name).body());
        }
        JsonNode products = LxdJson.read(Files.readAllBytes(nginx.site().resolve("streams/v1/images.json")));
        for (String path : products.findValuesAsText("path")) {
            Path target = nginx.site().resolve(path);
            Files.createDirectories(target.getParent());
            for (Path file : files) {
                if (path.contains(BusyboxImage.fingerprint(file)) && !Files.exists(target)) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
