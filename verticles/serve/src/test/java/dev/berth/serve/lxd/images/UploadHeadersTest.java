package dev.berth.serve.lxd.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.image.Alias;
import dev.berth.kit.bus.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadHeadersTest {
    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @DisplayName("rest-api 106, 110")
    @ValueSource(strings = {"true", "1", "yes", "on", "YES", "True"})
    void every_way_to_say_yes_makes_an_image_public(String yes) {
        assertThat(read("X-LXD-public", yes).visible()).isTrue();
        assertThat(read("X-Incus-public", yes).visible()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "false", "no", "maybe"})
    void everything_else_does_not(String no) {
        assertThat(read("X-LXD-public", no).visible()).isFalse();
    }

    @Test
    @DisplayName("rest-api 107")
    void properties_are_a_query_string() {
        assertThat(read("X-LXD-properties", "a=b&c=d%20e&f=g+h&=x&plain").properties())
                .containsEntry("a", "b")
                .containsEntry("c", "d e")
                .containsEntry("f", "g h")
                .containsEntry("plain", "")
                .hasSize(4);
    }

    @Test
    @DisplayName("rest-api 108, 110")
    void several_header_lines_of_both_dialects_count() {
        UploadHeaders headers = read("X-LXD-properties", "a=1", "X-LXD-properties", "b=2", "X-Incus-properties", "c=3");

        assertThat(headers.properties()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    @DisplayName("rest-api 109, 110")
    void profiles_come_as_a_query_or_as_one_bare_name() {
        assertThat(read("X-LXD-profiles", "profile=a&profile=b").profiles()).containsExactly("a", "b");
        assertThat(read("X-Incus-profiles", "solo").profiles()).containsExactly("solo");
        assertThat(read().profiles()).isNull();
    }

    @Test
    @DisplayName("rest-api 111")
    void aliases_come_as_a_query_or_as_one_bare_name() {
        assertThat(read("X-Incus-aliases", "alias=a%2F1&alias=b&alias=b").aliases())
                .containsExactly(new Alias("a/1", ""), new Alias("b", ""));
        assertThat(read("X-Incus-aliases", "solo").aliases()).containsExactly(new Alias("solo", ""));
    }

    @Test
    void the_dialect_shows_in_a_header_or_in_the_agent() {
        assertThat(read("X-LXD-filename", "x").incus()).isFalse();
        assertThat(read("X-Incus-filename", "x").incus()).isTrue();
        assertThat(read("User-Agent", "Incus 6.0 (Linux)").incus()).isTrue();
        assertThat(read("User-Agent", "LXD 5.0.2 (Linux)").incus()).isFalse();
    }

    @Test
    void a_token_needs_secret_and_fingerprint() {
        assertThat(read("X-LXD-secret", "00ff").bringsToken()).isFalse();
        assertThat(read("X-LXD-fingerprint", FINGERPRINT).bringsToken()).isFalse();
        assertThat(read("X-LXD-secret", "00ff", "X-Incus-fingerprint", FINGERPRINT).bringsToken()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "%25", "abc", "0123456789ABCDEF"})
    void a_fingerprint_that_is_none_is_refused(String text) {
        assertThatThrownBy(() -> read("X-LXD-fingerprint", text))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("64 lower-case hexadecimal digits");
    }

    @Test
    void a_broken_escape_is_refused() {
        assertThatThrownBy(() -> read("X-LXD-properties", "a=%zz")).isInstanceOf(RefusedException.class);
    }

    private static UploadHeaders read(String... namesAndValues) {
        return UploadHeaders.read(name -> valuesOf(name, namesAndValues));
    }

    private static List<String> valuesOf(String name, String... namesAndValues) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                values.add(namesAndValues[i + 1]);
            }
        }
        return values;
    }
}
