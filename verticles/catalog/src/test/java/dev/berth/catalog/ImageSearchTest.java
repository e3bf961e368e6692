package dev.berth.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.image.Image;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSearchTest {
    private static final Image PUBLIC = Samples.withHex("abc1" + "0".repeat(60), true);
    private static final Image PRIVATE = Samples.withHex("abc2" + "0".repeat(60), false);
    private static final Image OTHER = Samples.withHex("fff" + "0".repeat(61), true);

    private final Shelf shelf = Snapshot.of(List.of(PUBLIC, PRIVATE, OTHER), Map.of()).shelf("default");

    @Test
    @DisplayName("rest-api 72, 73: the whole fingerprint and a prefix find the same image")
    void the_whole_fingerprint_and_a_prefix_find_the_same_image() {
        assertThat(found(PUBLIC.fingerprint().hex(), false)).isEqualTo(PUBLIC);
        assertThat(found(PUBLIC.fingerprint().shortForm(), false)).isEqualTo(PUBLIC);
        assertThat(found("abc1", false)).isEqualTo(PUBLIC);
        assertThat(found("f", false)).isEqualTo(OTHER);
    }

    @Test
    @DisplayName("rest-api 74: an ambiguous prefix says so")
    void an_ambiguous_prefix_says_so() {
        assertThat(ImageSearch.find(shelf, "abc", false))
                .isEqualTo(Answer.no(new Refused(Reason.BROKEN, "More than one image matches")));
    }

    @Test
    void whole_records_are_selected_over_all_projects() {
        Image here = Samples.image("default", 4, true);
        Image there = Samples.image("p1", 4, false);
        Image sourced = Samples.image(5);
        Snapshot snapshot = Snapshot.of(List.of(here, there, sourced), Map.of());

        assertThat(ImageSearch.select(snapshot, new SelectImages(null, here.fingerprint(), null)))
                .containsExactly(here, there);
        assertThat(ImageSearch.select(snapshot, new SelectImages("p1", null, null))).containsExactly(there);
        assertThat(ImageSearch.select(snapshot, new SelectImages(null, null, "debian/12"))).containsExactly(sourced);
        assertThat(ImageSearch.select(snapshot, new SelectImages("p1", null, "debian/12"))).isEmpty();
    }

    @Test
    void a_private_image_does_not_make_a_prefix_ambiguous_for_strangers() {
        assertThat(found("abc", true)).isEqualTo(PUBLIC);
        assertThat(refusal("abc2", true)).isEqualTo("Image not found");
        assertThat(refusal(PRIVATE.fingerprint().hex(), true)).isEqualTo("Image not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "%25", "a%", "_bc1", "ABC1", "../../x", "abc 1", "typo"})
    @DisplayName("rest-api 76, 78: what is not hexadecimal is never found, and never a wildcard")
    void what_is_not_hexadecimal_is_not_found(String name) {
        assertThat(refusal(name, false)).isEqualTo("Image not found");
    }

    @Test
    @DisplayName("rest-api 78: unknown and over-long fingerprints are not found")
    void unknown_and_over_long_fingerprints_are_not_found() {
        assertThat(refusal("d".repeat(64), false)).isEqualTo("Image not found");
        assertThat(refusal(PUBLIC.fingerprint().hex() + "0", false)).isEqualTo("Image not found");
    }

    private Image found(String name, boolean visibleOnly) {
        return ImageSearch.find(shelf, name, visibleOnly).fold(ImageEntry::image, refused -> null);
    }

    private String refusal(String name, boolean visibleOnly) {
        return ImageSearch.find(shelf, name, visibleOnly).fold(entry -> "found", refused -> refused.text());
    }
}
