package dev.berth.lxd.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.image.UpdateSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilterTest {
    private static final String HEX = "e163" + "0".repeat(60);
    private static final Image BUSYBOX = image(Map.of("os", "BusyBox", "release", "1.35", "description", "two words"));

    @Test
    @DisplayName("rest-api 54: an empty filter means all")
    void an_empty_filter_means_all() {
        assertThat(matches("")).isTrue();
        assertThat(matches("   ")).isTrue();
        assertThat(ImageFilter.parse(null).test(BUSYBOX)).isTrue();
    }

    @Test
    @DisplayName("rest-api 55: properties compare without regard to case")
    void properties_compare_without_regard_to_case() {
        assertThat(matches("properties.os eq BusyBox")).isTrue();
        assertThat(matches("properties.os eq busybox")).isTrue();
        assertThat(matches("properties.os eq BUSYBOX")).isTrue();
    }

    @Test
    @DisplayName("rest-api 56: another value matches nothing")
    void another_value_matches_nothing() {
        assertThat(matches("properties.os eq Ubuntu")).isFalse();
        assertThat(matches("properties.os eq Busy")).isFalse();
    }

    @Test
    @DisplayName("rest-api 57: clauses are joined by and")
    void clauses_are_joined_by_and() {
        assertThat(matches("type eq container and architecture eq x86_64")).isTrue();
        assertThat(matches("type eq container and architecture eq aarch64")).isFalse();
    }

    @Test
    @DisplayName("rest-api 58: not turns a clause round, in any case")
    void not_turns_a_clause_round() {
        assertThat(matches("not type eq container")).isFalse();
        assertThat(matches("NOT type eq virtual-machine")).isTrue();
        assertThat(matches("not type ne container")).isTrue();
    }

    @Test
    @DisplayName("rest-api 59: clauses are evaluated from left to right")
    void clauses_are_evaluated_from_left_to_right() {
        String yes = "type eq container";
        String no = "type eq virtual-machine";

        assertThat(matches(yes + " or " + no + " and " + no)).isFalse();
        assertThat(matches(no + " and " + no + " or " + yes)).isTrue();
    }

    @Test
    @DisplayName("rest-api 60: a quoted value is a phrase")
    void a_quoted_value_is_a_phrase() {
        assertThat(matches("properties.description eq \"two words\"")).isTrue();
        assertThat(matches("properties.description eq \"two\"")).isFalse();
        assertThat(matches("properties.os eq \"busybox\" and type eq container")).isTrue();
        assertThat(matches("properties.missing eq \"\"")).isTrue();
    }

    @Test
    @DisplayName("rest-api 61: an expression that anchors itself is left alone")
    void an_expression_that_anchors_itself_is_left_alone() {
        assertThat(matches("fingerprint eq ^e163")).isTrue();
        assertThat(matches("fingerprint eq e163")).isFalse();
        assertThat(matches("fingerprint eq e163.*")).isTrue();
        assertThat(matches("fingerprint eq 0000$")).isTrue();
    }

    @Test
    @DisplayName("rest-api 62: flags, sizes and lists compare by their type")
    void fields_compare_by_their_type() {
        assertThat(matches("public eq true")).isTrue();
        assertThat(matches("public eq 1")).isTrue();
        assertThat(matches("public ne T")).isFalse();
        assertThat(matches("cached eq false")).isTrue();
        assertThat(matches("size eq 42")).isTrue();
        assertThat(matches("size ne 042")).isFalse();
        assertThat(matches("profiles eq [\"default\"]")).isTrue();
        assertThat(matches("profiles eq []")).isFalse();
    }

    @Test
    @DisplayName("rest-api 63: a property that is missing compares as empty")
    void a_property_that_is_missing_compares_as_empty() {
        assertThat(matches("properties.missing ne x")).isTrue();
        assertThat(matches("properties.missing eq x")).isFalse();
    }

    @Test
    @DisplayName("rest-api 64: the source of an image without one compares as empty")
    void the_source_of_an_image_without_one_compares_as_empty() {
        assertThat(matches("update_source.alias eq x")).isFalse();
        assertThat(matches("update_source.alias ne x")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "not, incomplete not clause",
        "type, clause has no operator",
        "type eq, clause has no value",
        "'type eq \"a b', unterminated quote",
        "type eq container xor public eq true, invalid clause composition",
        "type eq container AND public eq true, invalid clause composition",
        "type eq container and, unterminated compound clause",
    })
    @DisplayName("rest-api 64: broken filters are refused with LXD's words")
    void broken_filters_are_refused_with_the_known_words(String filter, String complaint) {
        assertThatThrownBy(() -> ImageFilter.parse(filter))
                .isInstanceOf(InvalidFilter.class)
                .hasMessage("Invalid filter: " + complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense eq x, 'Invalid type \"invalid\" for field \"nonsense\"'",
        "created_at eq x, 'Invalid type \"struct\" for field \"created_at\"'",
        "properties eq x, 'Invalid type \"map\" for field \"properties\"'",
        "aliases eq x, 'Invalid slice type \"struct\" for field \"aliases\"'",
        "size gt 4, 'Invalid filter: expected eq or ne after \"size\", got \"gt\"'",
        "public eq maybe, 'Invalid filter: Failed to parse value: expected true or false, got \"maybe\"'",
        "size eq big, 'Invalid filter: Failed to parse value: expected a whole number, got \"big\"'",
        "profiles eq default, 'Invalid filter: Failed to parse value: expected a JSON array of texts, got \"default\"'",
    })
    void what_cannot_be_compared_is_refused(String filter, String complaint) {
        assertThatThrownBy(() -> ImageFilter.parse(filter)).isInstanceOf(InvalidFilter.class).hasMessage(complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "b.*x, true", "busy(box|buntu), true", "(?:busy)?box, true", "b[a-z]+x, true", "[^busybox], false",
        "busy\\w{3}, true", "'busy\\w{4,}', false", "'busy\\w{2,3}', true", "b{1}usybox, true", "\\d+, false", "b?u?s?y?b?o?x?, true",
        "box$, true", "^box, false", "\\bbusy$, false", "\\bbusybox\\b, true", "busy|box, false", "(bus|y|box)*, true",
        "b+?usybox, true", "[A-C]usybox, true", "[[:alpha:]]+, false", "busybo[x-], true", ".{7}, true", ".{8}, false"
    })
    void patterns_mean_what_they_mean_in_re2(String pattern, boolean expected) {
        assertThat(matches("properties.os eq " + pattern)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a**", "(", "a)", "[", "[z-a]", "a{2000}", "a{3,1}", "(?=a)", "\\1", "\\q", "\\"})
    void what_is_no_expression_compares_as_text(String value) {
        Image strange = image(Map.of("os", value.toUpperCase(java.util.Locale.ROOT)));

        assertThat(ImageFilter.parse("properties.os eq " + value).test(strange)).isTrue();
        assertThat(matches("properties.os eq " + value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|a)*b", "(a?){500}z", "(?:x?|y?){200}z", "((a*)*)*b", ".*.*.*.*.*.*b"})
    void no_pattern_takes_long(String evil) {
        Image victim = image(Map.of("os", "a".repeat(4_000)));

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                assertThat(ImageFilter.parse("properties.os eq " + evil).test(victim)).isFalse();
            } catch (InvalidFilter e) {
                assertThat(e).hasMessageContaining("steps");
            }
        });
    }

    @Test
    void one_list_has_one_budget_of_steps() {
        ImageFilter filter = ImageFilter.parse("properties.os eq (a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a)*b");
        Image victim = image(Map.of("os", "a".repeat(4_000)));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        filter.test(victim);
                    }
                })
                .isInstanceOf(InvalidFilter.class)
                .hasMessageContaining("use simpler ones");
    }

    private static boolean matches(String filter) {
        return ImageFilter.parse(filter).test(BUSYBOX);
    }

    private static Image image(Map<String, String> properties) {
        Instant now = Instant.parse("2026-11-23T08:00:00Z");
        ImageFile file = new ImageFile(ImageFile.Role.UNIFIED, new BlobId(HEX), 42, ".tar.xz");
        UpdateSource none = null;
        return new Image(
                "default", new Fingerprint(HEX), ImageType.CONTAINER, Architecture.X86_64, true, false, false, "busybox",
                properties, List.of(), List.of("default"), List.of(file), now, now, Image.NEVER_USED,
                Image.NEVER_EXPIRES, none);
    }
}
