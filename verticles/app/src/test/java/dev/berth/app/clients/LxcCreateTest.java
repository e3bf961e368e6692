package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.Packing;
import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code lxc-create -t download} makes containers of images that Berth has. */
class LxcCreateTest {
    private static final long SECONDS = 60;

    @TempDir
    private Path folder;

    private Path containers;
    private RunningBerth berth;
    private Tool lxcCreate;

    @BeforeEach
    void start() throws Exception {
        List.of("wget", "xz", "tar").forEach(RealTool::named);
        RealTool.needRoot("lxc-create works without further set-up");
        String program = RealTool.named("lxc-create").program().toString();
        berth = RunningBerth.in(Files.createDirectory(folder.resolve("data")));
        containers = Files.createDirectory(folder.resolve("containers"));
        Path trust = Files.writeString(
                folder.resolve("wgetrc"), "ca_certificate = " + berth.data().resolve("keys/server.crt") + "\n");
        lxcCreate = new Tool(
                List.of(program),
                Map.of("WGETRC", trust.toString(), "LXC_CACHE_PATH", folder.resolve("cache").toString()),
                SECONDS);
    }

    @AfterEach
    void stop() throws IOException {
        if (berth != null) {
            berth.close();
        }
    }

    @Test
    @DisplayName("formats 127, 129, 130, 133, 134, 136: a unified image becomes a container")
    void a_container_is_made_of_a_unified_image() throws Exception {
        berth.cli("import", BusyboxImage.named("one", folder).unified(Packing.GZIP).toString(), "--public");

        create("c1");

        assertThat(containers.resolve("c1/rootfs/bin/busybox")).isRegularFile();
        assertThat(Files.readSymbolicLink(containers.resolve("c1/rootfs/sbin/init"))).hasToString("../bin/busybox");
        assertThat(containers.resolve("c1/config")).content()
                .contains("lxc.include = /usr/share/lxc/config/common.conf", "lxc.arch = linux64", "lxc.uts.name = c1");
    }

    @Test
    @DisplayName("formats 128, 129, 132, 134: split images, a newer build of one, and the client's own cache")
    void a_newer_squashfs_is_taken_and_the_same_one_is_not_fetched_again() throws Exception {
        importSplit(BusyboxImage.named("one", folder));
        create("c1");

        String again = create("c2");
        BusyboxImage newer = BusyboxImage.named("two", folder);
        Files.writeString(newer.folder().resolve("metadata.yaml"), newerMetadata(newer));
        Files.writeString(newer.folder().resolve("rootfs/etc/newer"), "yes");
        importSplit(newer);
        create("c3");

        assertThat(again).contains("The cached copy has expired", "The cache is already up to date");
        assertThat(containers.resolve("c2/rootfs/bin/busybox")).isRegularFile().isExecutable();
        assertThat(containers.resolve("c3/rootfs/etc/newer")).hasContent("yes");
    }

    @Test
    @DisplayName("formats 128, 136: in a user namespace the user's index, configuration and excludes count")
    void a_user_gets_a_configuration_of_its_own() throws Exception {
        Path template = Path.of("/usr/share/lxc/templates/lxc-download");
        RealTool.need(Files.isExecutable(template), "the download template of lxc is not installed");
        berth.cli("import", BusyboxImage.named("one", folder).unified(Packing.ZSTD).toString(), "--public");
        Path rootfs = Files.createDirectories(containers.resolve("c1/rootfs"));
        Files.createFile(containers.resolve("c1/config"));

        List<String> inNamespace = List.of(RealTool.named("unshare").program().toString(), "-r", template.toString());
        ToolRun made = new Tool(inNamespace, lxcCreate.environment(), SECONDS)
                .run(new byte[0], List.of(
                        "--name", "c1", "--path", containers.resolve("c1").toString(), "--rootfs", rootfs.toString(),
                        "--server", "127.0.0.1:" + berth.port(), "-d", "busybox", "-r", "3.10", "-a", "amd64"));

        assertThat(made.good()).contains("The container was made of busybox 3.10 amd64");
        assertThat(containers.resolve("c1/config")).content().contains("config/common.conf", "config/userns.conf");
        assertThat(rootfs.resolve("bin/busybox")).isRegularFile();
    }

    private void importSplit(BusyboxImage image) throws Exception {
        berth.cli("import", image.metadata(Packing.XZ).toString(), image.squashfs().toString(), "--public");
    }

    private static String newerMetadata(BusyboxImage image) throws IOException {
        return Files.readString(image.folder().resolve("metadata.yaml")).replace("1787298120", "1787384520");
    }

    private String create(String name, String... more) {
        List<String> words = new ArrayList<>(List.of("-P", containers.toString(), "-n", name, "-t", "download", "--"));
        words.addAll(List.of("--server", "127.0.0.1:" + berth.port(), "-d", "busybox", "-r", "3.10", "-a", "amd64"));
        words.addAll(List.of(more));
        return lxcCreate.run(new byte[0], words).good();
    }
}
