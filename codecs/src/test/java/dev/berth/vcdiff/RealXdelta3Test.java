package dev.berth.vcdiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the real program, with every option a peer may have used. */
final class RealXdelta3Test {
    @TempDir
    private Path folder;

    @BeforeEach
    void find_the_real_one() {
        Xdelta3.required();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "-0", "-1", "-3", "-9", "-S lzma", "-9 -S none", "-9 -n", "-9 -A", "-9 -S none -A -n", "-9 -W 16384",
        "-9 -W 16384 -S none", "-9 -W 16777216", "-9 -B 524288", "-N", "-9 -I 0", "-1 -P 16384 -W 100000", "-A=note"})
    @DisplayName("formats fact 141 and 6: deltas of every option are decoded")
    void deltas_of_every_option_are_decoded(String options) throws Exception {
        byte[] old = Edited.old(700_000);
        byte[] edited = Edited.edited(old, 400);

        assertThat(throughXdelta3(old, edited, options, true)).isEqualTo(edited);
    }

    @Test
    void a_file_of_several_windows_is_decoded() throws Exception {
        byte[] old = Edited.old(9_000_000);
        byte[] edited = Edited.edited(old, 3_000);

        assertThat(throughXdelta3(old, edited, "-9", true)).isEqualTo(edited);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-9", "-9 -S none -A -n"})
    void a_delta_from_nothing_is_decoded(String options) throws Exception {
        byte[] edited = Edited.edited(Edited.old(50_000), 300);

        assertThat(throughXdelta3(new byte[0], edited, options, false)).isEqualTo(edited);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void tiny_files_are_decoded(int size) throws Exception {
        byte[] edited = Edited.old(size);

        assertThat(throughXdelta3(Edited.old(1_000), edited, "-9", true)).isEqualTo(edited);
        assertThat(throughXdelta3(Edited.old(size), Edited.old(1_000), "-9", true)).isEqualTo(Edited.old(1_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-S djw", "-S fgk"})
    void other_secondary_compression_is_refused(String options) {
        assertThatThrownBy(() -> throughXdelta3(Edited.old(), Edited.edited(), options, true))
                .isInstanceOf(VcdiffException.class).hasMessageContaining("secondary compression must be LZMA");
    }

    @Test
    @DisplayName("formats fact 142: a delta against another source is refused")
    void a_delta_against_another_source_is_refused() throws Exception {
        throughXdelta3(Edited.old(), Edited.edited(), "-9", true);
        byte[] delta = Files.readAllBytes(folder.resolve("delta"));
        byte[] other = Edited.edited(Edited.old(), 7);

        assertThatThrownBy(() -> Edited.decode(Edited.write(folder, "other", other), delta, VcdiffLimits.forTarget(1 << 24)))
                .isInstanceOf(VcdiffException.class).hasMessageContaining("for another file");
    }

    private byte[] throughXdelta3(byte[] old, byte[] edited, String options, boolean against) throws IOException, InterruptedException {
        Path source = Edited.write(folder, "old", old);
        Edited.write(folder, "new", edited);
        Stream<String> source3 = against ? Stream.of("-s", "old") : Stream.of();
        Stream<String> given = Stream.of(options.split(" ")).filter(option -> !option.isEmpty());
        List<String> files = List.of("new", "delta");
        Xdelta3.run(folder, Stream.of(Stream.of("-e", "-f"), given, source3, files.stream()).flatMap(all -> all).toList());
        return Edited.decode(source, Files.readAllBytes(folder.resolve("delta")), VcdiffLimits.forTarget(1 << 24));
    }
}
