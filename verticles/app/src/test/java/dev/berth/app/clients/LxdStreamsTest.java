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
 * A real LXD and its {@code lxc} with Berth as a simplestreams server, {@code s:}, and as a place for single URLs. Nobody
 * here has a certificate or a token.
 */
@ExtendWith(RealLxd.class)
class LxdStreamsTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static RunningBerth berth;

    private static LxcClient lxc;
    private static Path whole;
    private static Path metadata;
    private static Path rootfs;
    private static Path disk;
    private static String unified;
    private static String split;
    private static String machine;

    @BeforeAll
    static void start(LxdDaemon daemon) throws Exception {
        berth = RunningBerth.in(folder.resolve("data"), daemon.trustedBerth());
        whole = BusyboxImage.named("whole", folder).unified(Packing.GZIP);
        BusyboxImage image = BusyboxImage.named("busybox", folder);
        metadata = image.metadata(Packing.XZ);
        rootfs = image.squashfs();
        disk = Files.write(folder.resolve("disk.qcow2"), ImageFixtures.qcow2(150_000));
        unified = BusyboxImage.fingerprint(whole);
        split = BusyboxImage.fingerprint(metadata, rootfs);
        machine = BusyboxImage.fingerprint(metadata, disk);
        berth.cli("import", whole.toString(), "--public", "--alias", "bb/whole");
        berth.cli("import", metadata.toString(), rootfs.toString(), "--public", "--alias", "bb");
        berth.cli("import", metadata.toString(), disk.toString(), "--public");
        lxc = daemon.client(folder.resolve("lxc")).trusting(daemon.trusted());
        lxc.good("remote", "add", "s", berth.https() + "/", "--protocol", "simplestreams");
    }

    @AfterEach
    void leave_lxd_without_instances_and_images() {
        lxc.rows("list", "-c", "n").forEach(row -> lxc.good("delete", "--force", row.get(0)));
        lxc.rows("image", "list", "local:", "-c", "F").forEach(row -> lxc.good("image", "delete", row.get(0)));
    }

    @Test
    @DisplayName("formats 76, 78, 94, 95, 104: lxc lists all public images with their names")
    void lxc_lists_images_and_their_names() {
        assertThat(lxc.rows("image", "list", "s:", "-c", "Ft")).containsExactlyInAnyOrder(
                List.of(unified, "CONTAINER"), List.of(split, "CONTAINER"), List.of(machine, "VIRTUAL-MACHINE"));
        assertThat(lxc.good("image", "alias", "list", "s:", "--format", "csv"))
                .contains("bb," + split.substring(0, 12), "bb," + machine.substring(0, 12), "bb/amd64,")
                .contains("busybox/3.10," + split.substring(0, 12), "bb/whole," + unified.substring(0, 12));
        assertThat(lxc.good("image", "info", "s:bb"))
                .contains("Fingerprint: " + split, "Public: yes", "os: BusyBox", "release: 3.10", "serial: 20260821_0743");
        assertThat(lxc.good("image", "info", "s:bb", "--vm")).contains("Fingerprint: " + machine);
        assertThat(lxc.good("image", "info", "s:" + unified.substring(0, 9))).contains("Fingerprint: " + unified);
    }

    @Test
    @DisplayName("formats 90, 91, 96: lxc exports the very files, checked against the stream's hashes")
    void lxc_exports_the_files_as_they_were() throws Exception {
        Path target = Files.createDirectory(folder.resolve("exported"));

        lxc.good("image", "export", "s:bb/amd64", target.resolve("split").toString());
        lxc.good("image", "export", "s:bb/whole", target.resolve("whole").toString());

        assertThat(target.resolve("split")).hasSameBinaryContentAs(metadata);
        assertThat(target.resolve("split.root")).hasSameBinaryContentAs(rootfs);
        assertThat(target.resolve("whole.tar.gz")).hasSameBinaryContentAs(whole);
    }

    @Test
    @DisplayName("formats 77, 79, 109: a container of a split image, by the name of the convention")
    void a_container_is_launched_from_a_split_image() {
        lxc.good("launch", "s:busybox/3.10", "c1");

        assertThat(lxc.good("exec", "c1", "--", "cat", "/etc/hostname").strip()).isEqualTo("c1");
        assertThat(lxc.good("config", "show", "c1")).contains("volatile.base_image: " + split, "image.os: BusyBox");
    }

    @Test
    @DisplayName("formats 109, 110: copies keep names and follow the alias")
    void images_of_every_kind_are_copied_under_the_same_fingerprint() {
        lxc.good("image", "copy", "s:bb/whole", "local:", "--copy-aliases", "--auto-update");
        lxc.good("image", "copy", "s:bb", "local:", "--vm", "--alias", "machine");

        assertThat(lxc.good("image", "info", "local:bb/whole")).contains("Fingerprint: " + unified)
                .contains("- bb/whole/amd64", "Protocol: simplestreams", "Alias: bb/whole", "Auto update: enabled");
        assertThat(lxc.good("image", "refresh", "local:bb/whole")).contains("already up to date");
        assertThat(lxc.rows("image", "list", "local:", "-c", "lFt"))
                .contains(List.of("machine", machine, "VIRTUAL-MACHINE"));
    }

    @Test
    @DisplayName("formats 116, 117, 119, 123, 124: lxc image import https://…/direct/…")
    void lxd_imports_an_image_from_a_url() {
        String url = berth.https() + "/direct/";

        lxc.good("image", "import", url + "bb/whole", "local:", "--alias", "direct", "colour=blue");

        assertThat(lxc.good("image", "info", "local:direct")).contains("Fingerprint: " + unified, "colour: blue", "os: BusyBox");
        assertThat(lxc.refused("image", "import", url + "bb", "local:")).contains("Missing LXD-Image-Hash header");
    }
}
