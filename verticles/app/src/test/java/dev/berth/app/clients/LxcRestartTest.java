package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays, and what does not, when Berth restarts or a client dies. */
class LxcRestartTest {
    @TempDir
    Path folder;

    @AutoClose
    private BerthWithLxc whole;

    @BeforeEach
    void start() throws Exception {
        whole = BerthWithLxc.in(folder);
    }

    @Test
    void a_restart_keeps_images_edits_aliases_settings_projects_and_trust() throws Exception {
        byte[] image = ImageFixtures.unified(Packing.XZ);
        LxcClient lxc = whole.lxc(Road.TLS);
        lxc.good("image", "import", Files.write(whole.at("image"), image).toString(), "b:", "--alias", "debian/12", "--public");
        lxc.good("image", "set-property", "b:debian/12", "colour", "green");
        lxc.good("config", "set", "b:", "images.remote_cache_expiry", "7");
        lxc.good("project", "create", "b:other");
        List<List<String>> listed = lxc.rows("image", "list", "b:", "-c", "lFpdatsu");
        String shown = lxc.good("image", "show", "b:debian/12");

        whole.restart();

        assertThat(lxc.rows("image", "list", "b:", "-c", "lFpdatsu")).hasSize(1).isEqualTo(listed);
        assertThat(lxc.good("image", "show", "b:debian/12")).isEqualTo(shown).contains("colour: green");
        assertThat(lxc.good("config", "get", "b:", "images.remote_cache_expiry").strip()).isEqualTo("7");
        assertThat(lxc.good("project", "list", "b:")).contains("other");
        lxc.good("image", "export", "b:debian/12", whole.at("out").toString());
        assertThat(whole.at("out.tar.xz")).hasBinaryContent(image);

        lxc.good("image", "delete", "b:debian/12");
        whole.restart();
        assertThat(lxc.rows("image", "list", "b:")).isEmpty();
    }

    @Test
    void a_restart_keeps_both_files_of_a_split_image() throws Exception {
        byte[] metadata = ImageFixtures.metadataTarball(Packing.ZSTD);
        byte[] rootfs = ImageFixtures.squashfsLike(300_000);
        LxcClient lxc = whole.lxc(Road.SOCKET);
        lxc.good("image", "import", Files.write(whole.at("metadata"), metadata).toString(),
                Files.write(whole.at("rootfs"), rootfs).toString(), "local:", "--alias", "split");

        whole.restart();

        lxc.good("image", "export", "split", whole.at("out").toString());
        assertThat(whole.at("out")).hasBinaryContent(metadata);
        assertThat(whole.at("out.root")).hasBinaryContent(rootfs);
    }

    @Test
    @DisplayName("rest-api 115")
    void a_client_killed_in_the_middle_of_its_upload_leaves_nothing() throws Exception {
        for (Road road : Road.values()) {
            Path pipe = whole.at("pipe-" + road);
            RealTool.named("mkfifo").run(folder, pipe.toString());
            Process client = whole.lxc(road).start(whole.at("log-" + road), "image", "import", pipe.toString(), whole.lxc(road).at(""));
            try (OutputStream out = opened(pipe)) {
                out.write(ImageFixtures.unified(Packing.PLAIN));
                out.write(new byte[1 << 20]);
                out.flush();
                Eventually.holds("the upload is on its way", () -> staged() > 0);
                client.destroyForcibly().waitFor();
            }

            Eventually.holds("staging is empty again", () -> staged() == 0);
            assertThat(whole.lxc(road).rows("image", "list", whole.lxc(road).at(""))).isEmpty();
        }
        assertThat(whole.berth().cli("verify", "--read-data")).contains("sound");
    }

    @Test
    void what_was_proven_before_is_proven_again_after_imports_and_deletes() throws Exception {
        LxcClient lxc = whole.lxc(Road.SOCKET);
        for (int i = 0; i < 5; i++) {
            byte[] image = ImageFixtures.unifiedNamed(Packing.GZIP, "image " + i);
            lxc.good("image", "import", Files.write(whole.at("image"), image).toString(), "local:", "--alias", "a" + i);
        }
        lxc.good("image", "delete", "a1", "a3");

        assertThat(whole.berth().cli("verify", "--read-data")).contains("sound");
        whole.restart();

        assertThat(whole.berth().cli("verify", "--read-data")).contains("sound");
        assertThat(lxc.rows("image", "list", "local:", "-c", "l")).extracting(row -> row.get(0))
                .containsExactlyInAnyOrder("a0", "a2", "a4");
    }

    /** Opening a pipe waits for its reader, who may have failed before. */
    private static OutputStream opened(Path pipe) throws Exception {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Files.newOutputStream(pipe);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).get(30, TimeUnit.SECONDS);
    }

    private long staged() throws Exception {
        try (Stream<Path> files = Files.walk(whole.berth().data().resolve("staging"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
