package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images of another image stream by the REST interface: a real LXD and its {@code lxc}, to which Berth is the remote
 * {@code b:}, and pylxd. The other server is a second Berth, named {@code ubuntu} as a stream and {@code rest} as an LXD.
 */
@ExtendWith(RealLxd.class)
class UpstreamAliasTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static RunningBerth source;

    @AutoClose
    private static RunningBerth berth;

    private static LxcClient lxc;
    private static String split;
    private static String machine;
    private static Path unified;

    @BeforeAll
    static void start(LxdDaemon daemon) throws Exception {
        source = RunningBerth.in(folder.resolve("source"));
        BusyboxImage image = BusyboxImage.named("busybox", folder);
        Path metadata = image.metadata(Packing.XZ);
        Path rootfs = image.squashfs();
        Path disk = Files.write(folder.resolve("disk.qcow2"), ImageFixtures.qcow2(150_000));
        unified = BusyboxImage.named("whole", folder).unified(Packing.GZIP);
        split = BusyboxImage.fingerprint(metadata, rootfs);
        machine = BusyboxImage.fingerprint(metadata, disk);
        source.cli("import", unified.toString(), "--public", "--alias", "whole");
        source.cli("import", metadata.toString(), rootfs.toString(), "--public", "--alias", "noble");
        source.cli("import", metadata.toString(), disk.toString(), "--public");
        String certificate = source.data().resolve("keys/server.crt").toString();
        berth = RunningBerth.in(folder.resolve("data"), Map.of(
                "fetch.allow-private-addresses", "127.0.0.1",
                "upstreams.ubuntu.url", source.https().toString(),
                "upstreams.ubuntu.certificate", certificate,
                "upstreams.ubuntu.expose", "rest",
                "upstreams.rest.url", source.https().toString(),
                "upstreams.rest.protocol", "lxd",
                "upstreams.rest.certificate", certificate,
                "upstreams.rest.expose", "rest"));
        lxc = daemon.client(folder.resolve("lxc"));
        lxc.good("remote", "add", "b", berth.https().toString(), "--public", "--accept-certificate");
    }

    @AfterEach
    void leave_lxd_without_instances_and_images() {
        lxc.rows("list", "-c", "n").forEach(row -> lxc.good("delete", "--force", row.get(0)));
        lxc.rows("image", "list", "local:", "-c", "F").forEach(row -> lxc.good("image", "delete", row.get(0)));
    }

    @Test
    void a_container_is_launched_from_an_image_of_the_upstream() {
        lxc.good("launch", "b:ubuntu/noble", "c1");

        assertThat(lxc.good("exec", "c1", "--", "cat", "/etc/hostname").strip()).isEqualTo("c1");
        assertThat(lxc.good("config", "show", "c1")).contains("volatile.base_image: " + split, "image.os: BusyBox");
        assertThat(Curl.owner(berth).get("/1.0/images/" + split).metadata().path("cached").asBoolean()).isTrue();
        assertThat(lxc.rows("image", "list", "b:", "-c", "F")).as("nobody made it public").isEmpty();
    }

    @Test
    void lxc_knows_the_images_before_they_are_here() {
        assertThat(lxc.good("image", "info", "b:ubuntu/noble/vm"))
                .contains("Fingerprint: " + machine, "Type: virtual-machine", "Public: yes", "- ubuntu/noble");
        assertThat(lxc.good("image", "info", "b:" + machine.substring(0, 12))).contains("Fingerprint: " + machine);
        assertThat(lxc.refused("image", "info", "b:ubuntu/plucky")).containsIgnoringCase("not found");
    }

    @Test
    void an_image_is_copied_from_an_upstream_that_speaks_lxd() throws Exception {
        lxc.good("image", "copy", "b:rest/whole", "local:", "--alias", "copied");

        assertThat(lxc.good("image", "info", "local:copied")).contains("Fingerprint: " + BusyboxImage.fingerprint(unified));
    }

    @Test
    void pylxd_finds_and_exports_them_by_their_alias() throws Exception {
        Pylxd pylxd = Pylxd.trusted(Files.createDirectory(folder.resolve("pylxd")), berth);
        Path out = folder.resolve("exported");

        assertThat(pylxd.run("""
                image = client.images.get_by_alias('ubuntu/whole')
                print(image.fingerprint, image.properties['os'])
                open(words[0], 'wb').write(image.export().read())
                """, out.toString())).containsExactly(BusyboxImage.fingerprint(unified) + " BusyBox");
        assertThat(out).hasSameBinaryContentAs(unified);
    }
}
