package dev.berth.simplestreams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamPathTest {
    @ParameterizedTest
    @CsvSource({
        "images/a.tar, images/a.tar",
        "/images/a.tar, images/a.tar",
        "//images//a.tar, images/a.tar",
        "./images/./a.tar, images/a.tar",
        "images/20260821_07:42/lxd.tar.xz, images/20260821_07:42/lxd.tar.xz",
        "images/a%20b..c/x, images/a%20b..c/x"})
    @DisplayName("formats fact 103: an absolute item path is taken as below the base")
    void slashes_are_harmless(String path, String clean) {
        assertThat(StreamPath.problem(path)).isEmpty();
        assertThat(StreamPath.clean(path)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://elsewhere.example/a", "HTTP://elsewhere.example/a", "/http://elsewhere.example/a", "file:/etc/passwd",
        "mailto:x", "..", "../a", "a/../../b", "/../a", "a/%2e%2E/b", "a%2f..%2fb", ".%2e/a", "a\\..\\b", "a%5cb", "a\nb",
        "a%00b", "", "/", ".", "//./"})
    @DisplayName("formats facts 103 and 115: a URL or a path that leaves the base is refused")
    void ways_out_are_refused(String path) {
        assertThat(StreamPath.problem(path)).startsWith("path must ");
    }

    @ParameterizedTest
    @ValueSource(ints = {5000, 60_000})
    void a_path_without_end_is_refused(int length) {
        assertThat(StreamPath.problem("a".repeat(length))).contains("longer than 4096 characters, got " + length);
    }
}
