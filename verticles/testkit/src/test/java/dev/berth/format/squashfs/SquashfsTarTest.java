package dev.berth.format.squashfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.format.FormatException;
import dev.berth.format.InspectLimits;
import dev.berth.testkit.RealTool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees that the real mksquashfs packed, compared by the real tar with what they were. */
final class SquashfsTarTest {
    @TempDir
    private Path folder;

    private Path tree;

    @BeforeEach
    void a_tree_of_all_kinds() throws Exception {
        tree = Files.createDirectories(folder.resolve("tree"));
        byte[] noise = new byte[1_300_000];
        new Random(3).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        Files.writeString(tree.resolve("small"), "tail");
        Files.createFile(tree.resolve("empty"));
        Files.createLink(tree.resolve("twin"), tree.resolve("small"));
        Files.createSymbolicLink(tree.resolve("soft"), Path.of("/etc/" + "long/".repeat(30)));
        Files.write(Files.createDirectories(tree.resolve("deep/" + "er/".repeat(40))).resolve("n".repeat(120)), new byte[3]);
        RealTool.named("truncate").run(tree, "-s", "3M", "holes");
        Files.writeString(tree.resolve("holes"), "end", StandardOpenOption.APPEND);
        Path many = Files.createDirectory(tree.resolve("many"));
        for (int i = 0; i < 300; i++) {
            Files.writeString(many.resolve("file" + i), "content " + i);
        }
    }

    @ParameterizedTest
    @DisplayName("formats 134: the tree of a squashfs, whatever it is compressed with")
    @ValueSource(strings = {
        "-comp gzip", "-comp xz -b 1M", "-comp zstd -always-use-fragments", "-comp lz4 -b 4096", "-comp lzma -no-fragments",
        "-noI -noD -noF"
    })
    void the_real_tar_finds_the_same_tree(String options) throws Exception {
        RealTool.named("mkfifo").run(tree, "fifo");
        // A squashfs knows whole seconds only.
        RealTool.named("find").run(tree, ".", "-exec", "touch", "-h", "-d", "@1787298120", "{}", "+");

        Path archive = Files.write(folder.resolve("tree.tar"), converted(pack(options.split(" ")), ""));

        RealTool.named("tar").run(tree, "--compare", "--numeric-owner", "-f", archive.toString());
        try (Stream<Path> all = Files.walk(tree)) {
            assertThat(entries(Files.readAllBytes(archive)).size()).isEqualTo((int) all.count());
        }
    }

    @Test
    void device_nodes_owners_and_modes_are_kept() throws Exception {
        byte[] archive = converted(
                pack("-p", "null c 666 0 0 1 3", "-p", "disk b 660 0 6 8 300", "-p", "small m 4751 1000 3000000000"), "");

        Map<String, TarArchiveEntry> entries = entries(archive);
        assertThat(entries.get("null")).matches(TarArchiveEntry::isCharacterDevice);
        assertThat(List.of(entries.get("null").getDevMajor(), entries.get("null").getDevMinor())).containsExactly(1, 3);
        assertThat(entries.get("disk")).matches(TarArchiveEntry::isBlockDevice);
        assertThat(List.of(entries.get("disk").getDevMajor(), entries.get("disk").getDevMinor())).containsExactly(8, 300);
        assertThat(entries.get("small").getMode() & 07777).isEqualTo(04751);
        assertThat(entries.get("small").getLongUserId()).isEqualTo(1000);
        assertThat(entries.get("small").getLongGroupId()).isEqualTo(3_000_000_000L);
        assertThat(entries.get("twin")).matches(TarArchiveEntry::isLink).returns("small", TarArchiveEntry::getLinkName);
    }

    private void needAttributes() throws IOException {
        RealTool.need(
                Files.getFileStore(tree).supportsFileAttributeView(UserDefinedFileAttributeView.class),
                "the file system of " + tree + " keeps no extended attributes");
    }

    @Test
    void extended_attributes_are_kept_byte_by_byte() throws Exception {
        needAttributes();
        byte[] value = {0, 1, (byte) 0xff, '\n', '='};
        for (String name : List.of("small", "many/file7", "many/file8")) {
            attribute(tree.resolve(name), "berth.test", value);
        }
        Path archive = Files.write(folder.resolve("tree.tar"), converted(pack("-xattrs"), ""));

        Path out = Files.createDirectory(folder.resolve("out"));
        RealTool.named("tar").run(out, "--xattrs", "--xattrs-include=*", "-xf", archive.toString());

        for (String name : List.of("small", "many/file7", "many/file8")) {
            assertThat(attribute(out.resolve(name))).isEqualTo(value);
        }
    }

    /** Values that an earlier file has are told by reference, so that a list of many bytes can make it many more. */
    @Test
    void values_told_by_reference_count_for_the_length_of_a_list() throws Exception {
        needAttributes();
        for (int i = 0; i < 6; i++) {
            byte[] value = String.valueOf(i).repeat(400).getBytes(StandardCharsets.US_ASCII);
            attribute(tree.resolve("many/file" + i), "one", value);
            attribute(tree.resolve("small"), "each" + i, value);
        }
        InspectLimits usual = InspectLimits.DEFAULTS;
        InspectLimits shortLists = new InspectLimits(
                usual.metadataBytes(), 1_000, usual.entries(), usual.decoderMemoryBytes(), usual.zstdWindowLog(),
                usual.freeExpansionBytes(), usual.expansionRatio(), usual.expandedBytes());
        Path image = pack("-xattrs");

        assertThatThrownBy(() -> converted(image, "", shortLists))
                .isInstanceOf(FormatException.class).hasMessageContaining("longer than 1000 bytes");
    }

    /** More of them than are remembered: the rest are files of their own. */
    @Test
    void second_names_with_long_paths_become_files_when_the_first_ones_would_fill_the_memory() throws Exception {
        Path deep = Files.createDirectories(tree.resolve(("d".repeat(250) + "/").repeat(14)));
        Path files = Files.createDirectory(deep.resolve("a"));
        Path names = Files.createDirectory(deep.resolve("b"));
        for (int i = 0; i < 5_000; i++) {
            Files.createLink(names.resolve("n" + i), Files.writeString(files.resolve("n" + i), "x"));
        }

        Collection<TarArchiveEntry> second = entries(converted(pack(), "")).values().stream()
                .filter(entry -> entry.getName().contains("/b/n")).toList();

        assertThat(second).hasSize(5_000).anyMatch(TarArchiveEntry::isLink);
        assertThat(second).filteredOn(entry -> !entry.isLink()).isNotEmpty().allMatch(entry -> entry.getSize() == 1);
    }

    @Test
    void folders_below_folders_without_end_are_refused() throws Exception {
        Files.createDirectories(tree.resolve("f/".repeat(300)));
        Path image = pack();

        assertThatThrownBy(() -> converted(image, ""))
                .isInstanceOf(FormatException.class).hasMessageContaining("more entries, or deeper ones");
    }

    @Test
    @DisplayName("formats 56: sockets are left out")
    void sockets_are_left_out() throws Exception {
        try (ServerSocketChannel socket = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(tree.resolve("socket")));

            assertThat(entries(converted(pack(), ""))).containsKey("small").doesNotContainKey("socket");
        }
    }

    @Test
    void a_folder_of_a_unified_image_moves_to_the_top() throws Exception {
        Files.move(tree, Files.createDirectory(folder.resolve("image")).resolve("rootfs"));
        Files.writeString(folder.resolve("image/metadata.yaml"), "x");
        tree = folder.resolve("image");

        Map<String, TarArchiveEntry> entries = entries(converted(pack(), "rootfs"));

        assertThat(entries.keySet().iterator().next()).isEqualTo("./");
        assertThat(entries).containsKeys("small", "many/file299").doesNotContainKey("metadata.yaml");
        assertThatThrownBy(() -> converted(pack(), "other")).hasMessageContaining("nothing below other/");
    }

    @Test
    void the_same_file_gives_the_same_bytes() throws Exception {
        Path image = pack("-comp", "zstd");

        assertThat(converted(image, "")).isEqualTo(converted(image, ""));
    }

    @Test
    void limits_hold() throws Exception {
        InspectLimits usual = InspectLimits.DEFAULTS;
        Path image = pack();
        InspectLimits fewEntries = new InspectLimits(
                usual.metadataBytes(), usual.extendedHeaderBytes(), 100, usual.decoderMemoryBytes(), usual.zstdWindowLog(),
                usual.freeExpansionBytes(), usual.expansionRatio(), usual.expandedBytes());
        InspectLimits fewBytes = new InspectLimits(
                usual.metadataBytes(), usual.extendedHeaderBytes(), usual.entries(), usual.decoderMemoryBytes(),
                usual.zstdWindowLog(), 1_000, 2, usual.expandedBytes());

        assertThatThrownBy(() -> converted(image, "", fewEntries)).hasMessageContaining("more entries");
        assertThatThrownBy(() -> converted(image, "", fewBytes)).hasMessageContaining("decompression bomb");
    }

    @Test
    void damage_is_always_told_as_damage() throws Exception {
        byte[] whole = Files.readAllBytes(pack("-comp", "gzip"));
        Random random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 40; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + round % 7; i++) {
                int from = round % 3 == 0 ? 0 : whole.length - 40_000;
                int range = round % 3 == 0 ? 96 : 40_000;
                damaged[from + random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += isRefused(Files.write(folder.resolve("damaged"), damaged)) ? 1 : 0;
        }
        assertThat(refused).isBetween(10, 40);
    }

    /** Anything but a whole archive or a {@link FormatException} fails the test. */
    private boolean isRefused(Path image) throws IOException {
        try {
            converted(image, "");
            return false;
        } catch (FormatException damaged) {
            return true;
        }
    }

    private Path pack(String... options) throws Exception {
        Path image = folder.resolve("image.squashfs");
        Files.deleteIfExists(image);
        List<String> words = new ArrayList<>(List.of(tree.toString(), image.toString(), "-no-progress", "-processors", "1"));
        words.addAll(List.of(options));
        RealTool.named("mksquashfs").run(folder, words.toArray(String[]::new));
        return image;
    }

    private byte[] converted(Path image, String top) throws IOException {
        return converted(image, top, InspectLimits.DEFAULTS);
    }

    private byte[] converted(Path image, String top, InspectLimits limits) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileChannel file = FileChannel.open(image)) {
            SquashfsTar.write(file, top, limits, out);
        }
        return out.toByteArray();
    }

    private static Map<String, TarArchiveEntry> entries(byte[] archive) throws IOException {
        Map<String, TarArchiveEntry> entries = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                entries.put(entry.getName(), entry);
                entry = tar.getNextEntry();
            }
        }
        return entries;
    }

    private static void attribute(Path file, String name, byte[] value) throws IOException {
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).write(name, ByteBuffer.wrap(value));
    }

    private static byte[] attribute(Path file) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        ByteBuffer value = ByteBuffer.allocate(view.size("berth.test"));
        view.read("berth.test", value);
        return value.array();
    }
}
