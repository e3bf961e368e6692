package dev.berth.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code lxc image import} and {@code export}: every kind of image goes in and comes out bit for bit. */
@ParameterizedClass
@EnumSource(Road.class)
class LxcImportTest {
    @TempDir
    static Path folder;

    @AutoClose
    private static BerthWithLxc whole;

    @Parameter
    Road road;

    @BeforeAll
    static void start() throws Exception {
        whole = BerthWithLxc.in(folder);
    }

    @ParameterizedTest
    @EnumSource(value = Packing.class, names = "LZ4", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("rest-api 92, 94, 163, 165-167, 169")
    void a_unified_image_of_every_compression_comes_out_as_it_went_in(Packing packing) throws Exception {
        byte[] image = ImageFixtures.unifiedNamed(packing, road + " " + packing);
        String fingerprint = ImageFixtures.fingerprint(image);
        Path file = Files.write(whole.at(road + "-" + packing + "-no-telling-name"), image);

        assertThat(lxc().good("image", "import", file.toString(), at(""))).contains(fingerprint);
        Path named = whole.at(road + "-" + packing + "-named");
        lxc().good("image", "export", at(fingerprint), named.toString());
        Path into = whole.made(road + "-" + packing + "-folder");
        lxc().good("image", "export", at(fingerprint.substring(0, 12)), into.toString());

        assertThat(Path.of(named + packing.extension())).hasBinaryContent(image);
        assertThat(into.resolve(fingerprint + packing.extension())).hasBinaryContent(image);
    }

    @Test
    @DisplayName("rest-api 94, 174; formats fact 44")
    void a_unified_squashfs_is_inspected_when_it_is_here_and_comes_out_as_it_went_in() throws Exception {
        Path squashfs = BusyboxImage.named("squashed-" + road, folder).unifiedSquashfs();
        String fingerprint = BusyboxImage.fingerprint(squashfs);

        assertThat(lxc().good("image", "import", squashfs.toString(), at(""))).contains(fingerprint);
        Path named = whole.at("squashed-out-" + road);
        lxc().good("image", "export", at(fingerprint), named.toString());

        assertThat(Path.of(named + ".squashfs")).hasSameBinaryContentAs(squashfs);
        assertThat(lxc().good("image", "info", at(fingerprint))).contains("Type: container", "name: squashed-" + road);
        lxc().good("image", "delete", at(fingerprint));
        assertThat(lxc().refused("image", "info", at(fingerprint))).contains("not found");
    }

    @Test
    @DisplayName("rest-api 95, 164-167")
    void a_split_image_comes_out_as_its_two_files() throws Exception {
        BusyboxImage image = BusyboxImage.named("split-" + road, folder);
        Path metadata = image.metadata(Packing.XZ);
        Path rootfs = image.squashfs();
        String fingerprint = BusyboxImage.fingerprint(metadata, rootfs);

        lxc().good("image", "import", metadata.toString(), rootfs.toString(), at(""), "--alias", "split-" + road);
        Path named = whole.at("split-out-" + road);
        lxc().good("image", "export", at("split-" + road), named.toString());
        Path into = whole.made("split-into-" + road);
        lxc().good("image", "export", at("split-" + road), into.toString());

        assertThat(named).hasSameBinaryContentAs(metadata);
        assertThat(Path.of(named + ".root")).hasSameBinaryContentAs(rootfs);
        assertThat(into.resolve("meta-" + fingerprint + ".tar.xz")).hasSameBinaryContentAs(metadata);
        assertThat(into.resolve(fingerprint + ".squashfs")).hasSameBinaryContentAs(rootfs);
        assertThat(lxc().good("image", "info", at("split-" + road))).contains("Type: container", "Fingerprint: " + fingerprint);
    }

    @Test
    @DisplayName("rest-api 96")
    void a_disk_image_makes_it_a_virtual_machine() throws Exception {
        Path disk = whole.at("disk-" + road + ".qcow2");
        RealTool.named("qemu-img").run(folder, "create", "-q", "-f", "qcow2", disk.toString(), road == Road.TLS ? "8M" : "16M");
        Path metadata = Files.write(whole.at("disk-meta-" + road), ImageFixtures.metadataTarball(Packing.GZIP));
        String fingerprint = BusyboxImage.fingerprint(metadata, disk);

        lxc().good("image", "import", metadata.toString(), disk.toString(), at(""));
        Path into = whole.made("disk-into-" + road);
        lxc().good("image", "export", at(fingerprint), into.toString());

        assertThat(lxc().good("image", "info", at(fingerprint))).contains("Type: virtual-machine");
        assertThat(into.resolve("meta-" + fingerprint + ".tar.gz")).hasSameBinaryContentAs(metadata);
        assertThat(into.resolve(fingerprint + ".qcow2")).hasSameBinaryContentAs(disk);
    }

    @Test
    void a_folder_is_packed_by_the_client() throws Exception {
        RealTool.needRoot("lxc imports a folder");
        Path tree = whole.made("tree-" + road);
        Files.writeString(tree.resolve("metadata.yaml"), ImageFixtures.METADATA.replace("release: 3.20", "release: 3.10"));
        Files.writeString(Files.createDirectory(tree.resolve("templates")).resolve("hostname.tpl"), "by " + road);
        Files.createDirectory(tree.resolve("rootfs"));

        lxc().good("image", "import", tree.toString(), at(""), "--alias", "tree-" + road, "--public");

        assertThat(lxc().good("image", "info", at("tree-" + road)))
                .contains("Public: yes", "os: Alpine", "release: 3.10", "Architecture: x86_64");
    }

    @Test
    @DisplayName("rest-api 107")
    void properties_on_the_command_line_weigh_more_than_those_in_the_image() throws Exception {
        Path file = whole.at("properties-" + road);
        Files.write(file, ImageFixtures.unifiedNamed(Packing.GZIP, "properties " + road));

        lxc().good("image", "import", file.toString(), at(""), "os=Mine & yours", "colour=blaugrün", "--alias", "own-" + road);

        assertThat(lxc().good("image", "get-property", at("own-" + road), "os").strip()).isEqualTo("Mine & yours");
        assertThat(lxc().good("image", "get-property", at("own-" + road), "colour").strip()).isEqualTo("blaugrün");
        assertThat(lxc().good("image", "get-property", at("own-" + road), "release").strip()).isEqualTo("3.20");
    }

    @Test
    @DisplayName("rest-api 113")
    void a_second_import_of_the_same_image_says_so() throws Exception {
        Path file = whole.at("twice-" + road);
        byte[] image = ImageFixtures.unifiedNamed(Packing.ZSTD, "twice " + road);
        Files.write(file, image);

        lxc().good("image", "import", file.toString(), at(""));

        assertThat(lxc().refused("image", "import", file.toString(), at("")))
                .contains("Image with same fingerprint already exists");
        assertThat(lxc().rows("image", "list", at(""), "-c", "F", ImageFixtures.fingerprint(image))).hasSize(1);
    }

    @Test
    @DisplayName("rest-api 100, 101, 103")
    void what_is_no_image_is_refused_with_a_reason_and_leaves_nothing() throws Exception {
        Path noise = Files.write(whole.at("noise"), new byte[70_000]);
        Path empty = Files.write(whole.at("empty"), new byte[0]);
        Path undated = Files.write(whole.at("undated"),
                ImageFixtures.unified(Packing.GZIP, ImageFixtures.METADATA.replace("creation_date", "created")));
        Path foreign = Files.write(whole.at("foreign"),
                ImageFixtures.unified(Packing.GZIP, ImageFixtures.METADATA.replace("x86_64", "pdp11")));

        assertThat(lxc().refused("image", "import", noise.toString(), at(""))).contains("Unsupported compression");
        assertThat(lxc().refused("image", "import", empty.toString(), at(""))).contains("EOF");
        assertThat(lxc().refused("image", "import", undated.toString(), at(""))).contains("Missing creation date");
        assertThat(lxc().refused("image", "import", foreign.toString(), at(""))).contains("Architecture isn't supported: pdp11");
        assertThat(staged()).isEmpty();
    }

    @Test
    @DisplayName("rest-api 174, 175")
    void a_deleted_image_is_gone_with_its_aliases() throws Exception {
        Path file = Files.write(whole.at("gone-" + road), ImageFixtures.unifiedNamed(Packing.GZIP, "gone " + road));
        lxc().good("image", "import", file.toString(), at(""), "--alias", "gone-" + road);

        lxc().good("image", "delete", at("gone-" + road));

        assertThat(lxc().refused("image", "delete", at("gone-" + road))).contains("not found");
        assertThat(lxc().good("image", "alias", "list", at(""))).doesNotContain("gone-" + road);
    }

    private static Stream<Path> staged() throws IOException {
        try (Stream<Path> files = Files.list(whole.berth().data().resolve("staging"))) {
            return files.toList().stream();
        }
    }

    private LxcClient lxc() {
        return whole.lxc(road);
    }

    private String at(String name) {
        return lxc().at(name);
    }
}
