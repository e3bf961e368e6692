package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.Packing;
import dev.berth.testkit.RealTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code lxc-create -t download} makes containers of images that only an upstream has. */
class LxcCreateMirrorTest {
    private static final long SECONDS = 60;

    @TempDir
    static Path folder;

    @AutoClose
    private static RunningBerth second;

    @AutoClose
    private static RunningBerth berth;

    @BeforeAll
    static void start() throws Exception {
        List.of("wget", "xz", "tar", "lxc-create").forEach(RealTool::named);
        RealTool.needRoot("lxc-create works without further set-up");
        second = RunningBerth.in(folder.resolve("second"));
        BusyboxImage image = BusyboxImage.named("one", folder);
        second.cli("import", image.metadata(Packing.XZ).toString(), image.squashfs().toString(), "--public");
        berth = RunningBerth.in(folder.resolve("data"), Map.of(
                "fetch.allow-private-addresses", "127.0.0.1",
                "fetch.trusted-certificates", second.data().resolve("keys/server.crt").toString(),
                "upstreams.second.url", second.https().toString(),
                "upstreams.second.expose", "lxc"));
    }

    @Test
    @DisplayName("formats 127, 129, 130, 134: a container of an image of a second Berth, through the first")
    void a_container_is_made_of_what_an_upstream_has() throws Exception {
        Path containers = Files.createDirectory(folder.resolve("containers"));
        Path trust = Files.writeString(
                folder.resolve("wgetrc"), "ca_certificate = " + berth.data().resolve("keys/server.crt") + "\n");
        Tool lxcCreate = new Tool(
                List.of(RealTool.named("lxc-create").program().toString()),
                Map.of("WGETRC", trust.toString(), "LXC_CACHE_PATH", folder.resolve("cache").toString()),
                SECONDS);

        lxcCreate.run(new byte[0], List.of(
                "-P", containers.toString(), "-n", "c1", "-t", "download", "--", "--server",
                "127.0.0.1:" + berth.port() + "/mirror/second", "-d", "busybox", "-r", "3.10", "-a", "amd64")).good();

        assertThat(containers.resolve("c1/rootfs/bin/busybox")).isRegularFile().isExecutable();
        assertThat(berth.cli("list", "--json")).contains("\"cached\" : true");
        assertThat(Curl.stranger(berth).get("/mirror/second/streams/v1/index.json").status())
                .as("only what is exposed").isEqualTo(404);
    }
}
