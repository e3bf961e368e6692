package dev.berth.format.squashfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.format.Compression;
import dev.berth.format.FormatException;
import dev.berth.format.InspectLimits;
import dev.berth.format.Inspection;
import dev.berth.image.ImageType;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.RealTool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader against what mksquashfs really writes. */
final class SquashfsInspectorTest {
    @TempDir
    private Path folder;

    private Path tree;

    @BeforeEach
    void an_image_tree() throws IOException {
        tree = Files.createDirectories(folder.resolve("tree"));
        Files.createDirectories(tree.resolve("rootfs/etc"));
        Files.writeString(tree.resolve("rootfs/etc/os-release"), "NAME=Alpine\n");
        Files.writeString(tree.resolve("metadata.yaml"), ImageFixtures.METADATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "zstd", "lz4", "lzma"})
    @DisplayName("formats fact 44: a unified squashfs is an image, in every compression")
    void every_compression_is_read(String compressor) throws Exception {
        Inspection found = inspect(pack("-comp", compressor));

        assertThat(found.compression()).isEqualTo(Compression.SQUASHFS);
        assertThat(found.compression().extension()).isEqualTo(".squashfs");
        assertThat(found.rootType()).contains(ImageType.CONTAINER);
        assertThat(found.metadata().properties()).containsEntry("release", "3.20").hasSize(5);
    }

    @Test
    void lzo_is_refused_with_what_to_try() throws Exception {
        Path image = pack("-comp", "lzo");

        assertThatThrownBy(() -> inspect(image)).isInstanceOf(FormatException.class).hasMessageContaining("use gzip, xz");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"-noI -noD -noF", "-no-fragments", "-b 4096", "-b 1M -comp xz -Xbcj x86", "-always-use-fragments", "-comp lz4 -Xhc"})
    void every_layout_is_read(String options) throws Exception {
        String yaml = ImageFixtures.METADATA + incompressibleComment(700_000);
        Files.writeString(tree.resolve("metadata.yaml"), yaml);

        assertThat(inspect(pack(options.split(" "))).metadata().templates()).containsKey("/etc/hostname");
    }

    @Test
    void holes_in_metadata_are_zeros_not_damage() throws Exception {
        byte[] yaml = new byte[500_000];
        Arrays.fill(yaml, (byte) 0);
        Files.write(tree.resolve("metadata.yaml"), yaml);
        Path image = pack("-b", "4096");

        assertThatThrownBy(() -> inspect(image)).isInstanceOf(FormatException.class).hasMessageStartingWith("yaml: ");
    }

    @Test
    void many_names_at_the_top_span_metadata_blocks() throws Exception {
        for (int i = 0; i < 1000; i++) {
            Files.createFile(tree.resolve("a-rather-long-name-for-nothing-" + i));
        }

        assertThat(inspect(pack()).rootType()).contains(ImageType.CONTAINER);
    }

    @Test
    void metadata_with_a_second_name_or_attributes_is_read() throws Exception {
        Files.createLink(tree.resolve("rootfs/same"), tree.resolve("metadata.yaml"));

        assertThat(inspect(pack()).metadata().properties()).hasSize(5);
    }

    @Test
    @DisplayName("reliability S10: zeros in the root are not even read")
    void a_bomb_in_the_root_is_not_read() throws Exception {
        RealTool.named("truncate").run(tree, "-s", "200M", "rootfs/zeros");
        Path image = pack("-comp", "zstd", "-Xcompression-level", "1");

        assertThat(Files.size(image)).isLessThan(1 << 20);
        assertThat(inspect(image).rootType()).contains(ImageType.CONTAINER);
    }

    @Test
    @DisplayName("formats facts 6 and 8: the root decides the type")
    void the_root_decides_the_type() throws Exception {
        Files.move(tree.resolve("rootfs"), tree.resolve("elsewhere"));
        Path rootless = pack();
        Files.write(tree.resolve("rootfs.img"), ImageFixtures.qcow2(5000));
        Path machine = pack();

        assertThat(inspect(rootless).rootType()).isEmpty();
        assertThat(inspect(machine).rootType()).contains(ImageType.VIRTUAL_MACHINE);
    }

    @Test
    @DisplayName("formats fact 4: metadata.yaml counts only at the top")
    void metadata_elsewhere_is_not_found() throws Exception {
        Files.move(tree.resolve("metadata.yaml"), tree.resolve("rootfs/metadata.yaml"));
        Path image = pack();

        assertThatThrownBy(() -> inspect(image)).hasMessage("Metadata tarball is missing metadata.yaml");
    }

    @Test
    @DisplayName("formats fact 30: metadata.yaml must be a plain file")
    void metadata_that_is_a_link_is_refused() throws Exception {
        Files.move(tree.resolve("metadata.yaml"), tree.resolve("real.yaml"));
        Files.createSymbolicLink(tree.resolve("metadata.yaml"), Path.of("real.yaml"));
        Path image = pack();

        assertThatThrownBy(() -> inspect(image)).hasMessage("Cannot read non-regular file \"metadata.yaml\"");
    }

    @Test
    @DisplayName("formats fact 29: metadata.yaml above 1 MiB is refused without being read")
    void large_metadata_is_refused() throws Exception {
        Files.write(tree.resolve("metadata.yaml"), new byte[(1 << 20) + 1]);
        Path image = pack();

        assertThatThrownBy(() -> inspect(image)).hasMessageContaining("1048576");
    }

    @Test
    @DisplayName("reliability S14: a template that is a symbolic link is refused with its rule")
    void a_linked_template_is_refused() throws Exception {
        Files.createDirectories(tree.resolve("templates"));
        Files.createSymbolicLink(tree.resolve("templates/hostname.tpl"), Path.of("elsewhere.tpl"));
        Path image = pack();

        assertThatThrownBy(() -> inspect(image)).hasMessageContaining("\"/etc/hostname\"").hasMessageContaining("symbolic link");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 95, 96})
    void a_short_file_is_refused(int length) throws Exception {
        Path image = Files.write(folder.resolve("short"), ImageFixtures.squashfsLike(100));
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
            file.truncate(length);
        }

        assertThatThrownBy(() -> inspect(image)).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "zstd", "lz4", "lzma"})
    @DisplayName("reliability S38: damaged squashfs files end in a refusal, soon")
    void damage_ends_in_a_refusal(String compressor) throws Exception {
        byte[] whole = Files.readAllBytes(pack("-comp", compressor));
        Random random = new Random(20261123);
        List<Throwable> wrong = new ArrayList<>();

        for (int round = 0; round < 400; round++) {
            byte[] damaged = damaged(whole, random);
            try {
                inspect(Files.write(folder.resolve("damaged"), damaged));
            } catch (FormatException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            } catch (IOException | RuntimeException e) {
                wrong.add(e);
            }
        }

        assertThat(wrong).as("seed 20261123").isEmpty();
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] copy = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
        for (int i = 0; i < 1 + random.nextInt(3) && copy.length > 0; i++) {
            int within = random.nextBoolean() ? Math.min(96, copy.length) : copy.length;
            copy[random.nextInt(within)] = (byte) random.nextInt();
        }
        return copy;
    }

    private Path pack(String... options) throws IOException, InterruptedException {
        Path image = Files.createTempFile(folder, "image", ".squashfs");
        List<String> arguments = new ArrayList<>(List.of(tree.toString(), image.toString(), "-noappend", "-no-progress", "-quiet"));
        arguments.addAll(List.of(options));
        RealTool.named("mksquashfs").run(folder, arguments.toArray(String[]::new));
        return image;
    }

    private static Inspection inspect(Path image) throws IOException {
        try (FileChannel file = FileChannel.open(image)) {
            return SquashfsInspector.inspect(file, InspectLimits.DEFAULTS);
        }
    }

    private static String incompressibleComment(int length) {
        Random random = new Random(5);
        StringBuilder comment = new StringBuilder(length + length / 60);
        while (comment.length() < length) {
            comment.append("# ");
            random.ints(60, 'a', 'z').forEach(c -> comment.append((char) c));
            comment.append('\n');
        }
        return comment.toString();
    }
}
