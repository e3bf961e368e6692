package dev.berth.testkit.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.DiskEntry;
import dev.berth.kit.disk.OutFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Disk} does. An implementation's test extends it and says how to make one. */
public abstract class DiskContract {
    /** What a real disk writes past its cache at once. */
    protected static final int PIECE = 960 << 10;

    /** Below it everything happens. */
    @TempDir
    protected Path root;

    private Disk disk;

    /** A disk on which {@link #root} can be made. */
    protected abstract Disk disk();

    @BeforeEach
    void make_the_root() throws IOException {
        disk = disk();
        disk.createDirectories(root);
    }

    @Test
    void what_was_written_is_read_back_in_order() throws IOException {
        Path file = root.resolve("file");

        try (OutFile out = disk.createExclusive(file)) {
            out.write(ByteBuffer.wrap("image ".getBytes(UTF_8)));
            out.write(ByteBuffer.wrap("bytes".getBytes(UTF_8)));
            out.force();
        }

        assertThat(text(file)).isEqualTo("image bytes");
        assertThat(disk.length(file)).hasValue(11);
    }

    @Test
    void a_taken_name_is_refused_and_its_bytes_stay() throws IOException {
        write("file", "first");

        assertThatThrownBy(() -> disk.createExclusive(root.resolve("file")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(text(root.resolve("file"))).isEqualTo("first");
    }

    @Test
    void a_file_cannot_be_made_in_a_directory_that_is_not_there() {
        assertThatThrownBy(() -> disk.createExclusive(root.resolve("nowhere/file")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_rename_moves_the_bytes_and_replaces_what_was_there() throws IOException {
        write("from", "new");
        write("to", "old");

        disk.rename(root.resolve("from"), root.resolve("to"));

        assertThat(text(root.resolve("to"))).isEqualTo("new");
        assertThat(disk.length(root.resolve("from"))).isEmpty();
    }

    @Test
    void renaming_what_is_not_there_fails() {
        assertThatThrownBy(() -> disk.rename(root.resolve("none"), root.resolve("to")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void deleting_twice_says_that_it_was_gone() throws IOException {
        write("file", "bytes");

        assertThat(disk.delete(root.resolve("file"))).isTrue();
        assertThat(disk.delete(root.resolve("file"))).isFalse();
        assertThat(disk.length(root.resolve("file"))).isEmpty();
    }

    @Test
    void directories_are_made_with_their_parents_and_again_without_harm() throws IOException {
        Path below = root.resolve("a/b/c");

        disk.createDirectories(below);
        disk.createDirectories(below);
        disk.forceDirectory(below);
        disk.forceDirectory(root);

        assertThat(disk.list(below)).isEmpty();
    }

    @Test
    void forcing_a_directory_that_is_not_there_fails() {
        assertThatThrownBy(() -> disk.forceDirectory(root.resolve("none"))).isInstanceOf(IOException.class);
    }

    @Test
    void a_listing_tells_files_from_directories_in_order_of_names() throws IOException {
        write("b", "1234");
        disk.createDirectories(root.resolve("a"));

        assertThat(disk.list(root))
                .extracting(DiskEntry::name, DiskEntry::kind, DiskEntry::length)
                .containsExactly(
                        tuple("a", DiskEntry.Kind.DIRECTORY, 0L),
                        tuple("b", DiskEntry.Kind.FILE, 4L));
        assertThat(disk.list(root).get(1).changed())
                .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now().plusSeconds(2));
    }

    @Test
    void listing_or_reading_what_is_not_there_fails() {
        assertThatThrownBy(() -> disk.list(root.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.read(root.resolve("none")).close()).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_directory_has_no_length() throws IOException {
        assertThat(disk.length(root)).isEmpty();
    }

    @Test
    void an_open_file_outlives_its_name() throws IOException {
        write("file", "bytes");

        try (InputStream in = disk.read(root.resolve("file"))) {
            disk.delete(root.resolve("file"));
            assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("bytes");
        }
    }

    @Test
    void closing_twice_is_fine() throws IOException {
        OutFile out = disk.createExclusive(root.resolve("file"));

        out.close();
        out.close();

        assertThat(disk.usableSpace(root)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE - 1, 2 * PIECE, 3 * PIECE + 4097})
    void a_file_that_nobody_reads_meanwhile_is_whole_once_it_is_flushed(int length) throws IOException {
        byte[] bytes = bytes(length);
        Path file = root.resolve("file");

        try (OutFile out = disk.createUnread(file, PIECE)) {
            out.write(pieces(bytes, 70_001));
            out.flush();

            assertThat(read(file)).isEqualTo(bytes);
        }
        assertThat(read(file)).isEqualTo(bytes);
        assertThat(disk.length(file)).hasValue(length);
    }

    @Test
    void a_file_that_nobody_reads_meanwhile_may_be_forced_at_any_length() throws IOException {
        byte[] bytes = bytes(5 * PIECE + 123);
        Path file = root.resolve("file");

        try (OutFile out = disk.createUnread(file, 0)) {
            for (ByteBuffer piece : pieces(bytes, 600_001)) {
                out.write(piece);
                out.force();
            }
            assertThat(read(file)).isEqualTo(bytes);
        }
    }

    @Test
    void a_file_that_nobody_reads_meanwhile_has_a_name_of_its_own_and_is_closed_twice() throws IOException {
        OutFile out = disk.createUnread(root.resolve("file"), 0);
        out.write(ByteBuffer.wrap(bytes(2 * PIECE)));

        assertThatThrownBy(() -> disk.createUnread(root.resolve("file"), 0))
                .isInstanceOf(FileAlreadyExistsException.class);
        out.close();
        out.close();
    }

    @Test
    void many_files_that_nobody_reads_meanwhile_are_all_right() throws IOException {
        List<OutFile> open = new ArrayList<>();
        byte[] bytes = bytes(PIECE + 77);

        for (int i = 0; i < 20; i++) {
            OutFile out = disk.createUnread(root.resolve("file" + i), 0);
            open.add(out);
            out.write(pieces(bytes, 100_003));
        }
        for (OutFile out : open) {
            out.force();
            out.close();
        }

        for (int i = 0; i < 20; i++) {
            assertThat(read(root.resolve("file" + i))).isEqualTo(bytes);
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static List<ByteBuffer> pieces(byte[] bytes, int most) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += most) {
            pieces.add(ByteBuffer.wrap(bytes, at, Math.min(most, bytes.length - at)));
        }
        return pieces;
    }

    private byte[] read(Path file) throws IOException {
        try (InputStream in = disk.read(file)) {
            return in.readAllBytes();
        }
    }

    private void write(String name, String text) throws IOException {
        try (OutFile out = disk.createExclusive(root.resolve(name))) {
            out.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        }
    }

    private String text(Path file) throws IOException {
        return new String(read(file), UTF_8);
    }
}
