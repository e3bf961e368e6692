package dev.berth.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "/mirror/in, /mirror/in, true",
        "/mirror/in, /mirror/in/x, true",
        "/mirror/in, /mirror/internal, false",
        "/mirror/in, /mirror, false",
        "/mirror/in, /, false",
        "/mirror/in, /MIRROR/in/x, false",
        "/, /anything/at/all, true",
        "/, /, true",
    })
    void whole_segments_count(String prefix, String path, boolean covered) {
        assertThat(new PathPrefix(prefix).covers(path)).isEqualTo(covered);
    }

    @Test
    void a_slash_at_the_end_means_nothing() {
        assertThat(PathPrefix.of("/mirror/in/")).isEqualTo(new PathPrefix("/mirror/in"));
        assertThat(PathPrefix.of("/")).isEqualTo(new PathPrefix("/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mirror", "///", "/a//b", "/a/../b", "/a/.", "/a%2Fb", "/a b", "/a?b", "/*", "/a//"})
    void what_could_be_written_in_another_way_is_refused(String text) {
        assertThatThrownBy(() -> PathPrefix.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the beginning of an address, like /streams or /mirror/ubuntu");
    }
}
