package dev.berth.vcdiff;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deltas written by hand, and some that xdelta3 made. */
final class VcdiffDecoderTest {
    private static final int NONE = 0;
    private static final int SOURCE = 1;
    private static final int TARGET = 2;
    private static final int ADLER32 = 4;
    private static final int RUN = 0;
    private static final int ADD = 1;
    private static final int COPY_SELF = 19;
    private static final int COPY_HERE = 35;

    @TempDir
    private Path folder;

    private Path source;

    @BeforeEach
    void write_a_source() throws IOException {
        source = Edited.write(folder, "source", ascii("abcdefghijklmnop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default.vcdiff", "plain.vcdiff"})
    @DisplayName("formats fact 141 and 6: what xdelta3 makes, by default and plain, becomes the edited file")
    void deltas_of_xdelta3_are_read(String delta) throws IOException {
        Path old = Edited.write(folder, "old", Edited.old());

        assertThat(Edited.decode(old, Edited.delta(delta), VcdiffLimits.forTarget(1 << 20))).isEqualTo(Edited.edited());
    }

    @ParameterizedTest
    @CsvSource({"djw.vcdiff, DJW (id 1)", "fgk.vcdiff, FGK (id 16)"})
    void other_secondary_compression_is_refused_with_a_way_out(String delta, String name) throws IOException {
        assertThatThrownBy(() -> decode(Edited.delta(delta)))
                .isInstanceOf(VcdiffException.class).hasMessageContaining("got " + name).hasMessageContaining("-S lzma or -S none");
    }

    @Test
    @DisplayName("formats fact 142: against another source of the same length a checksum fails")
    void a_wrong_source_is_noticed() throws IOException {
        byte[] wrong = Edited.old();
        wrong[10_000] ^= 1;
        Path old = Edited.write(folder, "old", wrong);

        assertThatThrownBy(() -> Edited.decode(old, Edited.delta("default.vcdiff"), VcdiffLimits.forTarget(1 << 20)))
                .isInstanceOf(VcdiffException.class).hasMessageContaining("Adler-32 of the result must be");
    }

    @Test
    @DisplayName("formats fact 142: a source that is too short is named as such")
    void a_short_source_is_noticed() throws IOException {
        assertThatThrownBy(() -> decode(Edited.delta("default.vcdiff")))
                .isInstanceOf(VcdiffException.class).hasMessageContaining("the source has only 16; the delta is for another file");
    }

    @Test
    @DisplayName("RFC 3284, section 3: the example of the standard")
    void the_example_of_the_standard_is_decoded() throws IOException {
        byte[] delta = DeltaBytes.header().window(SOURCE, 0, 16, 28, new DeltaBytes().text("wxyzz"),
                new DeltaBytes().bytes(COPY_SELF + 1, ADD + 4, COPY_SELF + 1, COPY_SELF + 9, RUN, 4),
                new DeltaBytes().number(0).number(4).number(24)).toBytes();

        assertThat(text(decode(delta))).isEqualTo("abcdwxyzefghefghefghefghzzzz");
    }

    @Test
    @DisplayName("RFC 3284, section 5.6: codes for two instructions")
    void a_code_may_stand_for_two_instructions() throws IOException {
        byte[] delta = DeltaBytes.header().window(SOURCE, 0, 16, 11, new DeltaBytes().text("XY!"),
                new DeltaBytes().bytes(163 + 3, 247), new DeltaBytes().number(0).number(8)).toBytes();

        assertThat(text(decode(delta))).isEqualTo("XYabcdijkl!");
    }

    @Test
    @DisplayName("RFC 3284, section 5.3: addresses of every mode")
    void addresses_of_every_mode_are_understood() throws IOException {
        DeltaBytes instructions = new DeltaBytes().bytes(COPY_SELF + 1, COPY_HERE + 1, COPY_SELF + 2 * 16 + 1, COPY_SELF + 6 * 16 + 1);
        DeltaBytes addresses = new DeltaBytes().number(8).number(20).number(4).bytes(8);
        byte[] delta = DeltaBytes.header().window(SOURCE, 0, 16, 16, new DeltaBytes(), instructions, addresses).toBytes();

        assertThat(text(decode(delta))).as("self 8, here 20-20=0, near[0]+4=12, same[8]").isEqualTo("ijklabcdmnopijkl");
    }

    @Test
    void a_copy_may_go_over_from_the_source_into_the_result() throws IOException {
        byte[] delta = DeltaBytes.header().window(SOURCE, 12, 4, 12, new DeltaBytes().text("X"),
                new DeltaBytes().bytes(ADD + 1, COPY_SELF).number(11), new DeltaBytes().number(2)).toBytes();

        assertThat(text(decode(delta))).as("op, then what is made").isEqualTo("XopXopXopXop");
    }

    @Test
    void a_window_may_copy_from_an_earlier_result() throws IOException {
        byte[] delta = DeltaBytes.header()
                .window(NONE, 0, 0, 5, new DeltaBytes().text("hello"), new DeltaBytes().bytes(ADD + 5), new DeltaBytes())
                .window(TARGET | ADLER32, 1, 4, 8, ascii("elloello"), new DeltaBytes(), new DeltaBytes().bytes(COPY_SELF + 1, COPY_SELF + 1),
                        new DeltaBytes().number(0).number(0)).toBytes();
        Path target = folder.resolve("target");

        try (FileChannel from = FileChannel.open(source); FileChannel to = FileChannel.open(target, CREATE_NEW, READ, WRITE)) {
            assertThat(VcdiffDecoder.decode(from, new ByteArrayInputStream(delta), to, VcdiffLimits.forTarget(100))).isEqualTo(13);
        }

        assertThat(Files.readString(target)).isEqualTo("helloelloello");
        assertThatThrownBy(() -> decode(delta)).isInstanceOf(VcdiffException.class).hasMessageContaining("can be read again");
    }

    @Test
    void an_earlier_result_ends_where_it_ends() throws IOException {
        byte[] delta = DeltaBytes.header()
                .window(TARGET, 0, 1, 1, new DeltaBytes(), new DeltaBytes().bytes(COPY_SELF, 1), new DeltaBytes().number(0)).toBytes();

        try (FileChannel from = FileChannel.open(source); FileChannel to = FileChannel.open(folder.resolve("t"), CREATE_NEW, READ, WRITE)) {
            assertThatThrownBy(() -> VcdiffDecoder.decode(from, new ByteArrayInputStream(delta), to, VcdiffLimits.forTarget(100)))
                    .isInstanceOf(VcdiffException.class).hasMessageContaining("the result so far has only 0");
        }
    }

    @Test
    void an_empty_delta_makes_an_empty_file() throws IOException {
        assertThat(decode(DeltaBytes.header().toBytes())).isEmpty();
        assertThat(decode(DeltaBytes.header(4, 3, 'a', 'b', 'c').toBytes())).isEmpty();
        assertThat(decode(DeltaBytes.header().window(NONE, 0, 0, 0, new DeltaBytes(), new DeltaBytes(), new DeltaBytes()).toBytes())).isEmpty();
    }

    @Test
    void a_long_run_takes_few_bytes_and_no_more_memory_than_a_window() throws IOException {
        DeltaBytes delta = DeltaBytes.header();
        for (int i = 0; i < 100; i++) {
            delta.window(NONE, 0, 0, 1 << 20, new DeltaBytes().text("z"), new DeltaBytes().bytes(RUN).number(1 << 20), new DeltaBytes());
        }
        try (FileChannel from = FileChannel.open(source)) {
            long made = VcdiffDecoder.decode(from, new ByteArrayInputStream(delta.toBytes()), OutputStream.nullOutputStream(),
                    new VcdiffLimits(100 << 20, 1 << 20, 0, 1 << 20));
            assertThat(made).isEqualTo(100 << 20);
        }
    }

    @Test
    void what_the_files_throw_is_not_the_deltas_fault() throws IOException {
        InputStream broken = new InputStream() {
            private final InputStream head = new ByteArrayInputStream(Edited.delta("default.vcdiff"), 0, 500);

            @Override
            public int read() throws IOException {
                int next = head.read();
                if (next < 0) {
                    throw new IOException("connection reset");
                }
                return next;
            }
        };
        Path old = Edited.write(folder, "old", Edited.old());

        try (FileChannel from = FileChannel.open(old)) {
            assertThatThrownBy(() -> VcdiffDecoder.decode(from, broken, OutputStream.nullOutputStream(), VcdiffLimits.forTarget(1 << 20)))
                    .isExactlyInstanceOf(IOException.class).hasMessage("connection reset");
        }
    }

    private byte[] decode(byte[] delta) throws IOException {
        return Edited.decode(source, delta, VcdiffLimits.forTarget(1 << 20));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.US_ASCII);
    }
}
