package dev.berth.serve.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageFile.Role;
import dev.berth.image.ImageType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamDocumentsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.5Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    private final StreamDocuments first = documents(StreamDocuments.NONE, NOON, image(Image.NEVER_USED, "a", ""));

    @Test
    void the_date_is_that_of_the_content_to_the_second() {
        assertThat(first.updated()).isEqualTo("2026-11-23T12:00:00Z");
    }

    @Test
    void a_use_changes_nothing() {
        assertThat(documents(first, LATER, image(NOON, "a", ""))).isSameAs(first);
    }

    @Test
    void what_a_stream_does_not_tell_leaves_the_documents_as_they_are() {
        StreamDocuments described = documents(first, LATER, image(NOON, "a", "the first"));

        assertThat(described.documents()).isSameAs(first.documents());
        assertThat(described.updated()).isEqualTo(first.updated());
    }

    @Test
    void another_name_is_another_content() {
        StreamDocuments renamed = documents(first, LATER, image(NOON, "b", ""));

        assertThat(renamed.updated()).isEqualTo("2026-11-23T12:01:00Z");
        renamed.documents().forEach((path, document) ->
                assertThat(document.etag()).as(path).isNotEqualTo(first.documents().get(path).etag()));
    }

    @Test
    void two_contents_never_have_one_date_even_when_the_clock_stands_or_goes_back() {
        StreamDocuments renamed = documents(first, NOON, image(NOON, "b", ""));
        StreamDocuments again = documents(renamed, NOON.minusSeconds(3600), image(NOON, "c", ""));

        assertThat(renamed.updated()).isEqualTo(first.updated().plusSeconds(1));
        assertThat(again.updated()).isEqualTo(first.updated().plusSeconds(2));
    }

    private static StreamDocuments documents(StreamDocuments before, Instant now, Image image) {
        return StreamDocuments.of(List.of(image), before, Twins.NONE, now);
    }

    private static Image image(Instant used, String alias, String description) {
        String hex = "a".repeat(64);
        return new Image("default", new Fingerprint(hex), ImageType.CONTAINER, Architecture.X86_64, true, false, false, "",
                Map.of(), List.of(new Alias(alias, description)), List.of(),
                List.of(new ImageFile(Role.UNIFIED, new BlobId(hex), 10, ".tar.gz")), NOON, NOON, used,
                Image.NEVER_EXPIRES, null);
    }
}
