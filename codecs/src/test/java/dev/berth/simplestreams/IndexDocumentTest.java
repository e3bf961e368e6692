package dev.berth.simplestreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IndexDocumentTest {
    private static final IndexEntry GOOD = new IndexEntry("good", "streams/v1/images.json");
    private static final String GOOD_JSON =
            "'good': {'datatype': 'image-downloads', 'path': 'streams/v1/images.json', 'products': ['a']}";

    private final SkippedParts skipped = new SkippedParts();

    @Test
    void a_real_index_names_its_products_files() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("index.json")) {
            assertThat(IndexDocument.read(in, ReadLimits.DEFAULTS, skipped))
                    .containsExactly(new IndexEntry("images", "streams/v1/images.json"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'products': []", "'products': null", "'x': 1"})
    @DisplayName("formats fact 83: an entry with empty or absent products is ignored")
    void an_entry_without_products_is_ignored(String products) throws IOException {
        assertThat(read("'e': {'datatype': 'image-downloads', 'path': 'e.json', " + products + "}, " + GOOD_JSON))
                .containsExactly(GOOD);
        assertThat(skipped.count()).isZero();
    }

    @Test
    @DisplayName("formats fact 84: another datatype is ignored")
    void another_datatype_is_ignored() throws IOException {
        assertThat(read("'ids': {'datatype': 'image-ids', 'path': 'i.json', 'products': ['a']}, " + GOOD_JSON))
                .containsExactly(GOOD);
    }

    @Test
    @DisplayName("formats fact 85: format, content_id and the outer datatype are not looked at")
    void the_header_is_not_looked_at() throws IOException {
        String json = "{'format': 'bogus', 'datatype': 7, 'content_id': [], 'updated': {}, 'index': {" + GOOD_JSON + "}}";

        assertThat(IndexDocument.read(StreamFixture.bytes(json), ReadLimits.DEFAULTS, skipped)).containsExactly(GOOD);
    }

    @Test
    @DisplayName("formats fact 86: the products list of the index need not match the file")
    void the_products_list_is_not_compared() throws IOException {
        assertThat(read("'e': {'datatype': 'image-downloads', 'path': 'e.json', 'products': [{'any': ['thing']}]}"))
                .containsExactly(new IndexEntry("e", "e.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "'e': 5", "'e': []", "'e': {'datatype': 5, 'path': 'e.json', 'products': ['a']}",
        "'e': {'datatype': 'image-downloads', 'path': {'x': [1]}, 'products': ['a']}",
        "'e': {'datatype': 'image-downloads', 'path': 'e.json', 'products': {'a': 'b'}}",
        "'e': {'datatype': 'image-downloads', 'path': 'https://elsewhere.example/e.json', 'products': ['a']}",
        "'e': {'datatype': 'image-downloads', 'path': '../e.json', 'products': ['a']}",
        "'e': {'datatype': 'image-downloads', 'products': ['a']}"})
    void a_broken_entry_is_told_and_spoils_no_other(String entry) throws IOException {
        assertThat(read(entry + ", " + GOOD_JSON)).containsExactly(GOOD);
        assertThat(skipped.reasons()).singleElement().asString().startsWith("index > e: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "5", "{", "{'index': {'a': ", "{'index': []}", "{} {}", "<html>", "{'index': {'a': {'path': 'x'}}"})
    void what_is_no_index_is_refused(String json) {
        assertThatThrownBy(() -> IndexDocument.read(StreamFixture.bytes(json), ReadLimits.DEFAULTS, skipped))
                .isInstanceOf(StreamFormatException.class).hasMessageContaining("document");
    }

    @Test
    void an_index_beyond_the_limit_of_entries_is_refused() {
        ReadLimits few = new ReadLimits(1 << 20, 100, 1, 1, 1, 1, 1, 1);

        assertThatThrownBy(() -> IndexDocument.read(
                        StreamFixture.bytes("{'index': {" + GOOD_JSON + ", 'b': {}}}"), few, skipped))
                .isInstanceOf(StreamFormatException.class).hasMessageContaining("more than 1 entries");
    }

    private List<IndexEntry> read(String entries) throws IOException {
        return IndexDocument.read(StreamFixture.bytes("{'index': {" + entries + "}}"), ReadLimits.DEFAULTS, skipped);
    }
}
