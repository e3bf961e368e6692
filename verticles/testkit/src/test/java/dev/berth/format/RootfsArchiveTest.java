package dev.berth.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.format.RootfsArchive.Layout;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.RealTool;
import dev.berth.testkit.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.XZInputStream;

/** The archives that are read and written on both sides of {@link RootfsArchive} come from another library. */
class RootfsArchiveTest {
    private static final String LONG = "rootfs/" + "folder/".repeat(20) + "file";
    private static final String CAPABILITY = "SCHILY.xattr.security.capability";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Packing.class)
    @DisplayName("formats 134: whatever the compression was, it is xz then, of the very same archive")
    void the_tree_of_a_split_image_is_only_packed_anew(Packing packing) throws IOException {
        byte[] tar = ImageFixtures.rootfsTarball(Packing.PLAIN);

        assertThat(unpacked(converted(packing.pack(tar), Layout.SPLIT))).isEqualTo(tar);
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void the_tree_of_a_unified_image_moves_to_the_top(Packing packing) throws IOException {
        byte[] moved = converted(ImageFixtures.unified(packing), Layout.UNIFIED);

        assertThat(names(moved)).containsExactly("./", "etc/", "etc/os-release");
    }

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.LONGFILE_GNU})
    void every_member_stays_what_it_was(int longNames) throws IOException {
        byte[] image = image(longNames);

        List<Facts> before = facts(image).stream().filter(Facts::isBelowRoot).map(Facts::moved).toList();

        assertThat(before).hasSize(9);
        assertThat(facts(unpacked(converted(image, Layout.UNIFIED)))).containsExactlyElementsOf(before);
    }

    @Test
    void gnu_tar_finds_the_same_tree() throws Exception {
        Path tree = treeOfAllKinds();
        RealTool tar = RealTool.named("tar");
        RealTool.named("xz"); // tar starts it
        for (String format : List.of("gnu", "pax", "ustar", "oldgnu")) {
            Path image = folder.resolve(format + ".tar");
            String sparse = format.equals("ustar") ? "--no-xattrs" : "--sparse";
            tar.run(tree, "--format=" + format, sparse, "-cf", image.toString(), "metadata.yaml", "rootfs");

            Path moved = Files.write(folder.resolve(format + ".tar.xz"), converted(Files.readAllBytes(image), Layout.UNIFIED));

            tar.run(tree.resolve("rootfs"), "--compare", "--numeric-owner", "-Jf", moved.toString());
        }
    }

    @Test
    void names_that_are_no_text_are_kept() throws IOException {
        byte[] name = {'r', 'o', 'o', 't', 'f', 's', '/', (byte) 0xe9, 'x'};
        byte[] image = TarBuilder.tar().file("rootfs/??", "x").build();
        System.arraycopy(name, 0, image, 0, name.length);
        fixChecksum(image);

        assertThat(unpacked(converted(image, Layout.UNIFIED))).startsWith((byte) 0xe9, (byte) 'x', (byte) 0);
    }

    @Test
    void of_two_extended_headers_before_a_member_the_last_counts_as_it_does_when_the_image_comes_in() throws IOException {
        byte[] image = TarBuilder.tar().pax("path", "rootfs/first").pax("comment", "x").file("rootfs/second", "y").build();

        assertThat(names(converted(image, Layout.UNIFIED))).containsExactly("second");
    }

    @Test
    void the_same_image_gives_the_same_bytes() throws IOException {
        byte[] image = ImageFixtures.unified(Packing.ZSTD);

        assertThat(converted(image, Layout.UNIFIED)).isEqualTo(converted(image, Layout.UNIFIED));
    }

    @Test
    void what_is_damaged_or_no_tree_is_refused() {
        byte[] whole = ImageFixtures.unified(Packing.GZIP);

        assertThatThrownBy(() -> converted(Arrays.copyOf(whole, whole.length - 20), Layout.UNIFIED))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> converted(ImageFixtures.metadataTarball(Packing.GZIP), Layout.UNIFIED))
                .isInstanceOf(FormatException.class).hasMessageContaining("nothing below rootfs/");
        assertThatThrownBy(() -> converted("garbage".getBytes(StandardCharsets.US_ASCII), Layout.SPLIT))
                .isInstanceOf(FormatException.class).hasMessageContaining("no archive");
        assertThatThrownBy(() -> converted(TarBuilder.tar().hardLink("rootfs/a", "metadata.yaml").build(), Layout.UNIFIED))
                .isInstanceOf(FormatException.class).hasMessageContaining("leads out");
        assertThatThrownBy(() -> converted(
                        TarBuilder.tar().globalPax("path", "rootfs/a").file("rootfs/b", "").build(), Layout.UNIFIED))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void a_bomb_ends_early() throws IOException {
        InspectLimits usual = InspectLimits.DEFAULTS;
        InspectLimits tight = new InspectLimits(
                usual.metadataBytes(), usual.extendedHeaderBytes(), usual.entries(), usual.decoderMemoryBytes(),
                usual.zstdWindowLog(), 1 << 20, 10, usual.expandedBytes());
        byte[] bomb = Packing.GZIP.pack(TarBuilder.tar().file("rootfs/zeros", new byte[8 << 20]).build());

        assertThatThrownBy(() -> converted(bomb, Layout.SPLIT, tight)).hasMessageContaining("decompression bomb");
    }

    /** What another library says of a member. */
    private record Facts(
            String name, byte type, int mode, long owner, long group, long seconds, String link, int major, int minor,
            Map<String, String> records, String content) {
        boolean isBelowRoot() {
            return name.startsWith("rootfs/");
        }

        Facts moved() {
            String target = type == TarConstants.LF_LINK ? below(link) : link;
            return new Facts(
                    below(name), type, mode, owner, group, seconds, target, major, minor, records, content);
        }

        private static String below(String name) {
            String rest = name.substring("rootfs/".length());
            return rest.isEmpty() ? "./" : rest;
        }
    }

    private static byte[] image(int longNames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(longNames);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            add(tar, new TarArchiveEntry("metadata.yaml"), "x");
            add(tar, new TarArchiveEntry("rootfs/"), "");
            add(tar, new TarArchiveEntry("rootfs/file"), "content");
            add(tar, new TarArchiveEntry(LONG), "deep");
            add(tar, linked("rootfs/hard", TarConstants.LF_LINK, "rootfs/file"), "");
            add(tar, linked("rootfs/long", TarConstants.LF_LINK, LONG), "");
            add(tar, linked("rootfs/soft", TarConstants.LF_SYMLINK, "rootfs/file"), "");
            add(tar, device("rootfs/disk", TarConstants.LF_BLK, 8, 1), "");
            add(tar, device("rootfs/null", TarConstants.LF_CHR, 1, 3), "");
            add(tar, new TarArchiveEntry("rootfs/fifo", TarConstants.LF_FIFO), "");
            add(tar, new TarArchiveEntry("templates/x"), "x");
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, String content) throws IOException {
        entry.setSize(content.length());
        entry.setMode(04751);
        entry.setUserId(100_000L);
        entry.setGroupId(3_000_000_000L);
        entry.setModTime(1_787_298_120_000L);
        entry.addPaxHeader(CAPABILITY, "value");
        tar.putArchiveEntry(entry);
        tar.write(content.getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry linked(String name, byte type, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setLinkName(target);
        return entry;
    }

    private static TarArchiveEntry device(String name, byte type, int major, int minor) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setDevMajor(major);
        entry.setDevMinor(minor);
        return entry;
    }

    private static List<Facts> facts(byte[] archive) throws IOException {
        List<Facts> facts = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                facts.add(new Facts(
                        entry.getName(), entry.getLinkFlag(), entry.getMode(), entry.getLongUserId(),
                        entry.getLongGroupId(), entry.getLastModifiedDate().getTime() / 1000, entry.getLinkName(),
                        entry.getDevMajor(), entry.getDevMinor(), new TreeMap<>(entry.getExtraPaxHeaders()),
                        new String(tar.readAllBytes(), StandardCharsets.US_ASCII)));
                entry = tar.getNextEntry();
            }
        }
        return facts;
    }

    private Path treeOfAllKinds() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/rootfs/deep/" + "er/".repeat(10)));
        Path root = folder.resolve("tree/rootfs");
        Files.writeString(folder.resolve("tree/metadata.yaml"), "x");
        Files.writeString(root.resolve("file"), "content");
        Files.createLink(root.resolve("hard"), root.resolve("file"));
        Files.createSymbolicLink(root.resolve("soft"), Path.of("/etc/passwd"));
        Files.writeString(tree.resolve("n".repeat(90)), "long");
        RealTool.named("mkfifo").run(root, "fifo");
        RealTool.named("truncate").run(root, "-s", "3M", "holes");
        Files.writeString(root.resolve("holes"), "end", java.nio.file.StandardOpenOption.APPEND);
        // Only some formats have parts of a second, and tar compares them when a header could have them.
        RealTool.named("find").run(folder, "tree", "-exec", "touch", "-h", "-d", "@1787298120", "{}", "+");
        return folder.resolve("tree");
    }

    private byte[] converted(byte[] image, Layout layout) throws IOException {
        return converted(image, layout, InspectLimits.DEFAULTS);
    }

    private byte[] converted(byte[] image, Layout layout, InspectLimits limits) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "image", ""), image);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileChannel channel = FileChannel.open(file)) {
            RootfsArchive.write(channel, layout, 0, limits, out);
        }
        return out.toByteArray();
    }

    private static List<String> names(byte[] converted) throws IOException {
        return facts(unpacked(converted)).stream().map(Facts::name).toList();
    }

    private static byte[] unpacked(byte[] xz) throws IOException {
        return new XZInputStream(new ByteArrayInputStream(xz)).readAllBytes();
    }

    private static void fixChecksum(byte[] archive) {
        Arrays.fill(archive, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += archive[i] & 0xff;
        }
        byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, archive, 148, digits.length);
    }
}
