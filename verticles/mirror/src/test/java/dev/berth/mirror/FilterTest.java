package dev.berth.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.mirror.Filter.Key;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Map<Key, String> NOBLE = Map.of(
            Key.OS, "Ubuntu", Key.RELEASE, "noble", Key.ARCH, "x86_64", Key.TYPE, "container", Key.SERIAL, "20250101");

    @Test
    void tests_of_one_key_are_alternatives_and_different_keys_must_all_hold() {
        assertThat(Filter.of(List.of("release=jammy", "release=noble", "os=ubuntu")).passes(NOBLE)).isTrue();
        assertThat(Filter.of(List.of("release=noble", "os=debian")).passes(NOBLE)).isFalse();
        assertThat(Filter.ALL.passes(NOBLE)).isTrue();
    }

    @Test
    void a_glob_fits_the_whole_value_and_its_other_signs_are_plain() {
        assertThat(Filter.of(List.of("release~nob*", "serial~2025010?")).passes(NOBLE)).isTrue();
        assertThat(Filter.of(List.of("release~nob")).passes(NOBLE)).isFalse();
        assertThat(Filter.of(List.of("release~n.ble")).passes(NOBLE)).isFalse();
    }

    @Test
    void what_an_image_does_not_say_is_empty() {
        assertThat(Filter.of(List.of("variant=default")).passes(NOBLE)).isFalse();
        assertThat(Filter.of(List.of("variant~*")).passes(NOBLE)).isTrue();
    }

    @Test
    void newest_is_no_serial_but_a_choice_among_all() {
        Filter filter = Filter.of(List.of("serial=newest"));

        assertThat(filter.isNewestOnly()).isTrue();
        assertThat(filter.passes(NOBLE)).isTrue();
        assertThat(Filter.of(List.of("serial=20250101")).isNewestOnly()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"noble", "color=red", "=x", ""})
    void what_is_no_test_is_refused(String text) {
        assertThatThrownBy(() -> Filter.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected tests KEY=VALUE or KEY~GLOB")
                .hasMessageContaining("\"" + text + "\"");
    }
}
