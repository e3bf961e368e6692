package dev.berth.lxcindex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lxcindex.IndexName.Mode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexNameTest {
    @Test
    @DisplayName("formats 127, 128, 131: both modes, with and without a level, and their signatures")
    void names_are_understood() {
        assertThat(IndexName.parse("index-system")).contains(new IndexName(Mode.SYSTEM, IndexName.ANY_LEVEL, false));
        assertThat(IndexName.parse("index-system.7")).contains(new IndexName(Mode.SYSTEM, 7, false));
        assertThat(IndexName.parse("index-user.1")).contains(new IndexName(Mode.USER, 1, false));
        assertThat(IndexName.parse("index-user.5.asc")).contains(new IndexName(Mode.USER, 5, true));
        assertThat(IndexName.parse("index-system.asc")).contains(new IndexName(Mode.SYSTEM, IndexName.ANY_LEVEL, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "index", "index-root", "index-system.0", "index-system.8", "index-system.77", "index-user.asc.7"})
    void others_are_none(String name) {
        assertThat(IndexName.parse(name)).isEmpty();
    }
}
