package dev.berth.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The name check of formats 1.2. */
final class CompressionAlgorithmTest {
    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "bzip2", "lzma", "pigz", "pzstd", "squashfs", "xz", "zstd",
        "gzip -9", "zstd -3", "xz -0", "lzma -1", "gzip -9 -k", "zstd --ultra -22 -T0", "  xz   -T4  ", "zstd --long=27"})
    @DisplayName("formats fact 48: known programs with harmless arguments are valid")
    void known_programs_are_valid(String text) throws Exception {
        CompressionAlgorithm algorithm = CompressionAlgorithm.validate(text, Dialect.LXD);

        assertThat(text.strip()).startsWith(algorithm.name());
    }

    @Test
    void arguments_are_kept() throws Exception {
        assertThat(CompressionAlgorithm.validate("zstd --ultra -22", Dialect.LXD))
                .isEqualTo(new CompressionAlgorithm("zstd", List.of("--ultra", "-22")));
    }

    @ParameterizedTest
    @CsvSource({"lz4, lz4", "cat /etc/passwd, cat", "'', ''", "GZIP, GZIP", "/bin/gzip, /bin/gzip", "gzip;id, gzip;id", "-I id, -I", "$(id), $(id)"})
    @DisplayName("formats fact 49: an unknown program is refused by name")
    void unknown_programs_are_refused(String text, String shown) {
        assertThatThrownBy(() -> CompressionAlgorithm.validate(text, Dialect.LXD))
                .isInstanceOf(FormatException.class)
                .hasMessage("Invalid compression algorithm \"" + shown + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "gzip; id, gzip;", "gzip | sh, |", "gzip -o/tmp/x, -o/tmp/x", "zstd -o x, -o", "zstd --output-dir-flat /, --output-dir-flat",
        "xz --files=/etc/shadow, --files=/etc/shadow", "zstd -D /etc/shadow, -D", "xz $(id), $(id)", "gzip --suffix=`id`, --suffix=`id`"
    })
    @DisplayName("reliability S35: arguments that do more than compress are refused")
    void other_arguments_are_refused(String text, String shown) {
        assertThatThrownBy(() -> CompressionAlgorithm.validate(text, Dialect.LXD)).isInstanceOf(FormatException.class)
                .message().containsAnyOf("Invalid compression algorithm \"" + shown, "argument \"" + shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lz4", "pxz -9", "tar2sqfs", "gzip -1", "gzip --rsyncable", "zstd -9 --rsyncable", "squashfs"})
    @DisplayName("formats fact 50: Incus knows three more programs and two sorts of arguments")
    void incus_knows_more_programs(String text) throws Exception {
        assertThat(CompressionAlgorithm.validate(text, Dialect.INCUS).name()).isEqualTo(text.split(" ")[0]);
    }

    @ParameterizedTest
    @CsvSource({"xz -0, -0", "zstd -19, -19", "zstd --ultra, --ultra", "gzip -k, -k", "squashfs -1, -1"})
    @DisplayName("formats fact 50: Incus refuses other arguments")
    void incus_refuses_other_arguments(String text, String argument) {
        assertThatThrownBy(() -> CompressionAlgorithm.validate(text, Dialect.INCUS))
                .hasMessage("Compression algorithm argument \"" + argument + "\" isn't allowed");
    }

    @Test
    void a_long_text_is_not_repeated() {
        assertThatThrownBy(() -> CompressionAlgorithm.validate("x".repeat(100_000), Dialect.LXD))
                .message().hasSizeLessThan(150);
    }
}
