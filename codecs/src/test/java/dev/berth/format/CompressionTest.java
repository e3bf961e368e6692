package dev.berth.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of formats 1.2. */
final class CompressionTest {
    private static final int USTAR_AT = 257;

    @ParameterizedTest
    @CsvSource({
        "425A, .tar.bz2", "1F8B, .tar.gz", "FD377A585A, .tar.xz", "00377A585A, .tar.lzma", "5D0000, .tar.lzma",
        "68737173, .squashfs", "514649FB, .qcow2", "28B52FFD, .tar.zst"
    })
    @DisplayName("formats fact 44: the extension comes from the magic")
    void the_magic_decides(String hex, String extension) {
        byte[] head = Arrays.copyOf(HexFormat.of().parseHex(hex), 1000);

        assertThat(Compression.extensionOf(head, Dialect.LXD)).isEqualTo(extension);
        assertThat(Compression.extensionOf(head, Dialect.INCUS)).isEqualTo(extension);
    }

    @ParameterizedTest
    @CsvSource({"04224D18, LXD, ''", "04224D18, INCUS, .tar.lz4", "4B444D56, LXD, ''", "4B444D56, INCUS, ''"})
    @DisplayName("formats fact 10: lz4 is known to Incus only")
    void lz4_is_known_to_incus_only(String hex, Dialect dialect, String extension) {
        byte[] head = Arrays.copyOf(HexFormat.of().parseHex(hex), 300);

        assertThat(Compression.extensionOf(head, dialect)).isEqualTo(extension);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    @DisplayName("formats fact 14: the magic of a plain tar stands at 257; a V7 tar has none")
    void a_plain_tar_has_its_magic_at_257(Dialect dialect) {
        byte[] head = new byte[Compression.HEAD_BYTES];
        assertThat(Compression.sniff(head, dialect)).isEmpty();

        put(head, USTAR_AT, "ustar");
        assertThat(Compression.sniff(head, dialect)).contains(Compression.TAR);
    }

    @Test
    void the_first_rule_that_fits_wins() {
        byte[] tarWithOddName = new byte[Compression.HEAD_BYTES];
        put(tarWithOddName, 0, "BZImage");
        put(tarWithOddName, USTAR_AT, "ustar");

        assertThat(Compression.sniff(tarWithOddName, Dialect.LXD)).contains(Compression.BZIP2);
    }

    @Test
    void short_files_are_padded_for_lxd_only() {
        byte[] one = {0x5d};

        assertThat(Compression.sniff(one, Dialect.LXD)).contains(Compression.LZMA);
        assertThat(Compression.sniff(one, Dialect.INCUS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 262, 263, 700})
    @DisplayName("formats fact 40: garbage has no extension and is no error")
    void garbage_has_no_extension(int length) {
        assertThat(Compression.extensionOf(new byte[length], Dialect.LXD)).isEmpty();
    }

    private static void put(byte[] head, int at, String text) {
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, head, at, text.length());
    }
}
