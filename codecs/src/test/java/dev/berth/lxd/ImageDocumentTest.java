package dev.berth.lxd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.Alias;
import dev.berth.image.Architecture;
import dev.berth.image.BlobId;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import dev.berth.image.ImageFile;
import dev.berth.image.ImageType;
import dev.berth.image.UpdateSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ImageDocumentTest {
    private static final String HEX = "ab".repeat(32);
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    @DisplayName("rest-api 69, 70, 71: nothing is null, and never has its own times")
    void an_image_without_anything_has_empty_lists_and_the_times_of_never() {
        Image image = image(true, Map.of(), List.of(), List.of(), Image.NEVER_USED, Image.NEVER_EXPIRES, null);

        assertThat(text(ImageDocument.json(image)))
                .isEqualTo("{\"auto_update\":false,\"properties\":{},\"public\":true,\"expires_at\":\"1970-01-01T00:00:00Z\","
                        + "\"profiles\":[],\"aliases\":[],\"architecture\":\"x86_64\",\"cached\":false,"
                        + "\"filename\":\"a.tar\",\"fingerprint\":\"" + HEX + "\",\"size\":7,\"type\":\"container\","
                        + "\"created_at\":\"2026-11-23T08:00:00Z\",\"last_used_at\":\"0001-01-01T00:00:00Z\","
                        + "\"uploaded_at\":\"2026-11-23T08:00:00Z\",\"project\":\"default\"}");
    }

    @Test
    void an_image_with_everything_shows_everything() {
        UpdateSource source = new UpdateSource("https://images.example", "simplestreams", "", "debian/12", "container");
        Image image = image(
                false, Map.of("os", "Debian"), List.of(new Alias("debian/12", "bookworm")), List.of("default"), NOW, NOW,
                source);

        assertThat(text(ImageDocument.json(image)))
                .contains("\"properties\":{\"os\":\"Debian\"}")
                .contains("\"aliases\":[{\"name\":\"debian/12\",\"description\":\"bookworm\"}]")
                .contains("\"profiles\":[\"default\"]")
                .contains("\"update_source\":{\"alias\":\"debian/12\",\"certificate\":\"\",\"protocol\":\"simplestreams\","
                        + "\"server\":\"https://images.example\",\"image_type\":\"container\"}");
    }

    @Test
    @DisplayName("rest-api 82: the tag changes with everything that can be edited")
    void the_tag_changes_with_everything_that_can_be_edited() {
        Image plain = image(true, Map.of(), List.of(), List.of(), NOW, NOW, null);
        List<Image> edited = List.of(
                image(false, Map.of(), List.of(), List.of(), NOW, NOW, null),
                image(true, Map.of("a", "b"), List.of(), List.of(), NOW, NOW, null),
                image(true, Map.of(), List.of(), List.of("default"), NOW, NOW, null),
                image(true, Map.of(), List.of(), List.of(), NOW, NOW.plusSeconds(1), null));

        assertThat(edited).allSatisfy(image -> assertThat(EntityTag.allows(etag(plain), etag(image))).isFalse());
    }

    @Test
    void a_use_in_between_makes_another_tag_but_does_not_spoil_an_edit() {
        Image before = image(true, Map.of(), List.of(), List.of(), NOW, NOW, null);
        Image after = image(true, Map.of(), List.of(), List.of(), NOW.plusSeconds(9), NOW, null);

        assertThat(etag(after)).isNotEqualTo(etag(before)).startsWith("\"").endsWith("\"");
        assertThat(EntityTag.allows(etag(before), etag(after))).isTrue();
    }

    @Test
    @DisplayName("rest-api 80, 81: no tag, or one without quotes, is fine")
    void a_tag_is_taken_bare_and_quoted_and_may_be_missing() {
        String etag = etag(image(true, Map.of(), List.of(), List.of(), NOW, NOW, null));

        assertThat(EntityTag.allows(null, etag)).isTrue();
        assertThat(EntityTag.allows("", etag)).isTrue();
        assertThat(EntityTag.allows("*", etag)).isTrue();
        assertThat(EntityTag.allows(etag.replace("\"", ""), etag)).isTrue();
        assertThat(EntityTag.allows("\"other\"", etag)).isFalse();
        assertThat(EntityTag.allows("\"", etag)).isFalse();
    }

    @Test
    void an_alias_names_its_target_and_its_type() {
        byte[] json = AliasDocument.json(new Alias("a/b/", "text"), new Fingerprint(HEX), ImageType.VIRTUAL_MACHINE);

        assertThat(text(json))
                .isEqualTo("{\"name\":\"a/b/\",\"description\":\"text\",\"target\":\"" + HEX + "\",\"type\":\"virtual-machine\"}");
    }

    @Test
    void names_are_escaped_once() {
        assertThat(PathSegment.escape("debian/12")).isEqualTo("debian%2F12");
        assertThat(PathSegment.escape("a b%ü?#")).isEqualTo("a%20b%25%C3%BC%3F%23");
        assertThat(PathSegment.escape("plain-1.2_3~x")).isEqualTo("plain-1.2_3~x");
        assertThat(PathSegment.unescape(PathSegment.escape("a b%ü/?#%41"))).isEqualTo("a b%ü/?#%41");
        assertThat(PathSegment.unescape("100%")).isEqualTo("100%");
    }

    private static String etag(Image image) {
        return ImageDocument.etag(image, ImageDocument.json(image));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static Image image(
            boolean visible, Map<String, String> properties, List<Alias> aliases, List<String> profiles, Instant used,
            Instant expires, UpdateSource source) {
        ImageFile file = new ImageFile(ImageFile.Role.UNIFIED, new BlobId(HEX), 7, ".tar");
        return new Image(
                "default", new Fingerprint(HEX), ImageType.CONTAINER, Architecture.X86_64, visible, false, false, "a.tar",
                properties, aliases, profiles, List.of(file), NOW, NOW, used, expires, source);
    }
}
