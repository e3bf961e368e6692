package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathReadingsTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "/mirror/internal/x",
        "//mirror///internal/x",
        "/mirror/./internal/x/",
        "/mirror/open/../internal/x",
        "/mirror/%69nternal/x",
        "/mirror%2Finternal%2fx",
        "/mirror/open/%2e%2e/internal/x",
        "/mirror/open/..%2finternal/x",
        "/mirror/%2569nternal/x",
        "/mirror/%252e%252e/mirror/internal/x",
        "/mirror/%2525%36%39nternal/../internal/x",
        "\\mirror\\internal\\x",
        "/mirror/open/..%5cinternal/x",
        "/../../mirror/internal/x",
    })
    void whichever_way_it_is_written_somebody_may_read_it_so(String raw) {
        assertThat(PathReadings.of(raw, raw)).contains("/mirror/internal/x");
    }

    @Test
    void what_routes_would_see_counts_as_well_as_what_came() {
        assertThat(PathReadings.of("/a/..%2fb", "/private/x")).contains("/private/x", "/b", "/a/..%2fb");
    }

    @Test
    void a_plain_path_is_read_in_one_way() {
        assertThat(PathReadings.of("/streams/v1/index.json", "/streams/v1/index.json"))
                .containsExactly("/streams/v1/index.json");
        assertThat(PathReadings.of("/", "/")).containsExactly("/");
    }

    @Test
    void escapes_that_are_none_stay_as_they_are() {
        assertThat(PathReadings.of("/100%/%zz/%4", "/x")).contains("/100%/%zz/%4");
    }
}
