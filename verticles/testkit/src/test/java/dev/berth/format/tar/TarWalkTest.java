package dev.berth.format.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.format.FormatException;
import dev.berth.testkit.RealTool;
import dev.berth.testkit.TarBuilder;
import dev.berth.testkit.TarBuilder.Flavour;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walk against another reader, on archives of a real tar; and against archives that lie. */
final class TarWalkTest {
    private static final int LIMIT = 1 << 20;
    private static final String INVALID = "archive/tar: invalid tar header";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"v7", "oldgnu", "gnu", "ustar", "posix"})
    void what_a_real_tar_writes_is_read_as_another_reader_reads_it(String format) throws Exception {
        Path tree = realTree(format);
        Path archive = folder.resolve("real.tar");
        boolean canBeSparse = !format.equals("v7") && !format.equals("ustar");
        RealTool.named("tar").run(tree, "--format=" + format, canBeSparse ? "--sparse" : "--no-seek", "-cf", archive.toString(), ".");
        byte[] bytes = Files.readAllBytes(archive);

        assertThat(names(bytes)).isEqualTo(namesByAnotherReader(bytes)).contains("./sparse", "./after-sparse");
    }

    @Test
    void content_is_that_of_the_member_and_ends_with_it() throws Exception {
        byte[] archive = TarBuilder.tar().file("a", "first").file("b", "").file("c", "x".repeat(513)).file("d", "last").build();
        TarWalk walk = walk(archive);

        walk.next();
        assertThat(walk.content(5)).asString().isEqualTo("first");
        walk.next();
        assertThat(walk.content(5)).isEmpty();
        walk.next();
        walk.next();
        assertThat(walk.content(5)).asString().isEqualTo("last");
        assertThat(walk.next()).isEmpty();
    }

    @Test
    void content_above_the_callers_limit_is_refused() throws Exception {
        TarWalk walk = walk(TarBuilder.tar().file("a", "123456").build());
        walk.next();

        assertThatThrownBy(() -> walk.content(5)).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @ValueSource(chars = {'x', 'g', 'L', 'K'})
    @DisplayName("reliability S12: an extended header of 1 GB is refused when it is announced")
    void huge_extended_headers_are_refused(char type) {
        byte[] archive = TarBuilder.tar().header("h", type, 1 << 30).unfinished();

        assertThat(refusal(archive)).isEqualTo("archive/tar: header field too long");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 511, 1L << 40})
    @DisplayName("reliability S12: a member of up to 8 EiB is read to where the bytes end")
    void huge_members_end_with_the_bytes(long size) {
        byte[] archive = TarBuilder.tar().header("huge", '0', size).data(new byte[5000]).unfinished();

        assertThat(refusal(archive)).isEqualTo("unexpected EOF");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    @DisplayName("reliability S12: a negative size is refused")
    void negative_sizes_are_refused(long size) {
        assertThat(refusal(TarBuilder.tar().header("odd", '0', size).build())).isEqualTo(INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "9223372036854775808", "ten", "0x10", " 5"})
    @DisplayName("reliability S12: a PAX size that is no size is refused")
    void odd_pax_sizes_are_refused(String size) {
        assertThat(refusal(TarBuilder.tar().pax("size", size).file("a", "b").build())).isEqualTo(INVALID);
    }

    @Test
    @DisplayName("reliability S12: a PAX size counts instead of the header's")
    void a_pax_size_counts() throws Exception {
        byte[] archive = TarBuilder.tar().pax("size", "600").header("a", '0', 3).data(new byte[600]).file("b", "").build();

        assertThat(names(archive)).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9 path=\n", "99 path=x\n", "11 path=abc", "x path=abc\n", "path=abc\n", "99999999 path=a\n", "0 a=b\n", "5 a=b", "-9 a=bcd\n", "3 =\n4 "})
    void damaged_pax_records_are_refused(String records) {
        byte[] data = records.getBytes(StandardCharsets.UTF_8);
        byte[] archive = TarBuilder.tar().header("p", 'x', data.length).data(data).file("a", "b").build();

        assertThat(refusal(archive)).isEqualTo(INVALID);
    }

    @Test
    void a_wrong_checksum_is_refused() {
        byte[] archive = TarBuilder.tar().file("a", "b").build();
        archive[0] = 'z';

        assertThat(refusal(archive)).isEqualTo(INVALID);
    }

    @Test
    void a_long_chain_of_extended_headers_costs_no_stack() throws Exception {
        TarBuilder builder = TarBuilder.tar();
        for (int i = 0; i < 20_000; i++) {
            builder.pax("path", "n" + i).gnuLongName("l" + i);
        }

        assertThat(names(builder.file("a", "b").build())).containsExactly("n19999");
    }

    @Test
    void headers_are_counted_whatever_their_sort() {
        byte[] archive = TarBuilder.tar().pax("a", "b").directory("1/").file("2", "x").directory("3/").build();

        assertThatThrownBy(() -> names(walk(archive, 3))).isInstanceOf(FormatException.class).hasMessageContaining("more entries");
    }

    @Test
    void an_old_sparse_map_is_skipped_with_its_continuations() throws Exception {
        byte[] header = new byte[512];
        System.arraycopy(TarBuilder.of(Flavour.GNU).header("sparse", 'S', 0).unfinished(), 0, header, 0, 512);
        header[482] = 1;
        byte[] sealed = resealed(header);
        byte[] continued = new byte[512];
        continued[504] = 1;
        byte[] archive = TarBuilder.of(Flavour.GNU).append(sealed).append(continued).append(new byte[512]).file("next", "x").build();

        assertThat(names(archive)).containsExactly("sparse", "next");
    }

    @Test
    void members_without_data_have_none_whatever_their_header_says() throws Exception {
        byte[] archive = TarBuilder.tar().header("link", '1', 5000).header("dir/", '5', 5000).header("fifo", '6', 1L << 50)
                .file("next", "x").build();

        assertThat(names(archive)).containsExactly("link", "dir/", "fifo", "next");
    }

    @Test
    void an_archive_may_end_without_its_closing_blocks() throws Exception {
        assertThat(names(TarBuilder.tar().file("a", "b").unfinished())).containsExactly("a");
    }

    @Test
    void a_prefix_belongs_to_the_name() throws Exception {
        byte[] header = TarBuilder.tar().header("file", '0', 0).unfinished();
        System.arraycopy("some/where".getBytes(StandardCharsets.UTF_8), 0, header, 345, 10);

        assertThat(names(TarBuilder.tar().append(resealed(header)).build())).containsExactly("some/where/file");
    }

    private Path realTree(String format) throws IOException, InterruptedException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("plain"), "content");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("plain"));
        Files.createLink(tree.resolve("hard"), tree.resolve("plain"));
        RealTool.named("truncate").run(tree, "-s", "10M", "sparse");
        RealTool.named("dd").run(tree, "if=/dev/zero", "of=sparse", "bs=1", "seek=5000000", "count=1", "conv=notrunc");
        Files.writeString(tree.resolve("after-sparse"), "x".repeat(1000));
        if (!format.equals("v7")) {
            Files.createDirectories(tree.resolve("d".repeat(90)));
            Files.writeString(tree.resolve("d".repeat(90)).resolve("é".repeat(40)), "");
        }
        return tree;
    }

    private static List<String> namesByAnotherReader(byte[] archive) throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(archive), "UTF-8")) {
            TarArchiveEntry entry = in.getNextEntry();
            while (entry != null) {
                names.add(entry.getName());
                entry = in.getNextEntry();
            }
        }
        return names;
    }

    private static String refusal(byte[] archive) {
        return catchThrowableOfType(FormatException.class, () -> names(archive)).getMessage();
    }

    private static List<String> names(byte[] archive) throws IOException {
        return names(walk(archive));
    }

    private static List<String> names(TarWalk walk) throws IOException {
        List<String> names = new ArrayList<>();
        Optional<TarEntry> entry = walk.next();
        while (entry.isPresent()) {
            names.add(entry.get().name());
            entry = walk.next();
        }
        return names;
    }

    private static TarWalk walk(byte[] archive) {
        return walk(archive, 1_000_000);
    }

    private static TarWalk walk(byte[] archive, long headers) {
        InputStream in = new ByteArrayInputStream(archive);
        return new TarWalk(in, LIMIT, headers);
    }

    private static byte[] resealed(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII), 0, header, 148, 8);
        return header;
    }
}
