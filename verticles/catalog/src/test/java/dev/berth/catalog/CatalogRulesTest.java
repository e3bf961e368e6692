package dev.berth.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.CatalogContract.AdoptImage;
import dev.berth.contract.CatalogContract.EditImage;
import dev.berth.contract.CatalogContract.ImageExists;
import dev.berth.contract.CatalogContract.ImageIsEdited;
import dev.berth.contract.CatalogContract.KeepImage;
import dev.berth.contract.CatalogContract.RemoveImage;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.image.Alias;
import dev.berth.image.Fingerprint;
import dev.berth.image.Image;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CatalogRulesTest {
    private static final Requestor ANNA = new Requestor("anna", "tls", "192.0.2.1:4711");
    private static final Image IMAGE = Samples.image(3, "debian/12");

    private final Snapshot snapshot = Snapshot.of(List.of(IMAGE), Map.of());

    @Test
    void keeping_tells_names_and_image_with_their_context() {
        Decision<?> decision =
                CatalogRules.keep(Snapshot.EMPTY, new KeepImage(IMAGE, ANNA), Samples.NOW);

        assertThat(decision.steps()).containsExactly(new Step.Put(IMAGE));
        assertThat(decision.news()).extracting(event -> event.json()).satisfiesExactly(
                alias -> assertThat(alias)
                        .contains("\"action\":\"image-alias-created\"", "\"source\":\"/1.0/images/aliases/debian%2F12\"")
                        .contains("\"context\":{\"target\":\"" + IMAGE.fingerprint() + "\"}"),
                image -> assertThat(image)
                        .contains("\"action\":\"image-created\"", "\"context\":{\"type\":\"container\"}")
                        .contains("\"source\":\"/1.0/images/" + IMAGE.fingerprint() + "\"")
                        .contains("\"username\":\"anna\"", "\"address\":\"192.0.2.1:4711\""));
    }

    @Test
    @DisplayName("rest-api 138, 144, 145: a second copy overwrites the flags, and what it copies is cached no more")
    void adopting_changes_what_is_named_and_keeps_the_rest() {
        AdoptImage call = new AdoptImage(
                "default", IMAGE.fingerprint(), false, null, false, "new.tar.xz", Map.of("os", "Mine", "release", ""),
                null, null, ANNA);

        Image after = adopted(CatalogRules.adopt(snapshot, call, Samples.NOW));

        assertThat(after.visible()).isFalse();
        assertThat(after.autoUpdate()).isEqualTo(IMAGE.autoUpdate());
        assertThat(after.filename()).isEqualTo("new.tar.xz");
        assertThat(after.properties()).containsEntry("os", "Mine").containsKey("serial").doesNotContainKey("release");
        assertThat(after.source()).isEqualTo(IMAGE.source());
        assertThat(after.aliases()).isEqualTo(IMAGE.aliases());
    }

    @Test
    void adopting_what_is_so_already_tells_nobody() {
        AdoptImage call = new AdoptImage(
                "default", IMAGE.fingerprint(), IMAGE.visible(), null, null, null, null, null, null, ANNA);

        Decision<?> decision = CatalogRules.adopt(snapshot, call, Samples.NOW);

        assertThat(decision).isEqualTo(Decision.unchanged(new ImageIsEdited(IMAGE)));
    }

    private static Image adopted(Decision<ImageIsEdited> decision) {
        return decision.steps().stream()
                .filter(Step.Put.class::isInstance)
                .map(step -> ((Step.Put) step).image())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keeping_what_the_project_has_changes_nothing_and_tells_nothing() {
        Decision<?> decision = CatalogRules.keep(snapshot, new KeepImage(Samples.image(3), ANNA), Samples.NOW);

        assertThat(decision).isEqualTo(Decision.unchanged(new ImageExists(IMAGE)));
    }

    @Test
    void a_taken_name_refuses_the_whole_image() {
        Decision<?> decision = CatalogRules.keep(
                snapshot, new KeepImage(Samples.image(4, "free", "debian/12"), ANNA), Samples.NOW);

        assertThat(decision).isEqualTo(Decision.no(Refused.conflict("Alias already exists: debian/12")));
    }

    @Test
    void the_same_name_twice_refuses_the_whole_image() {
        Decision<?> decision =
                CatalogRules.keep(snapshot, new KeepImage(Samples.image(4, "twice", "twice"), ANNA), Samples.NOW);

        assertThat(decision).isEqualTo(Decision.no(Refused.conflict("Alias already exists: twice")));
    }

    @Test
    @DisplayName("rest-api 83: a put drops properties with an empty value and those it does not name")
    void a_put_replaces_the_properties() {
        Image after = edited(edit(Map.of("a", "b", "os", ""), false));

        assertThat(after.properties()).isEqualTo(Map.of("a", "b"));
    }

    @Test
    @DisplayName("rest-api 88: a patch keeps the other properties")
    void a_patch_lays_properties_over_the_present_ones() {
        Image after = edited(edit(Map.of("a", "b", "os", ""), true));

        assertThat(after.properties()).containsEntry("a", "b").containsEntry("release", "bookworm").doesNotContainKey("os");
    }

    @Test
    @DisplayName("rest-api 89: public alone flips only public")
    void one_field_alone_leaves_the_others() {
        Image after = edited(new EditImage(
                "default", IMAGE.fingerprint(), null, false, null, null, true, null, null, ANNA));

        assertThat(after.visible()).isFalse();
        assertThat(after.properties()).isEqualTo(IMAGE.properties());
        assertThat(after.autoUpdate()).isEqualTo(IMAGE.autoUpdate());
        assertThat(after.profiles()).isEqualTo(IMAGE.profiles());
        assertThat(after.aliases()).isEqualTo(List.of(new Alias("debian/12", "about debian/12")));
    }

    @Test
    @DisplayName("rest-api 84, 86, 87: profiles and expiry are what the edit says, or stay")
    void profiles_and_expiry_are_what_the_edit_says() {
        Instant far = Instant.parse("3000-01-01T00:00:00Z");
        Image after = edited(new EditImage(
                "default", IMAGE.fingerprint(), null, null, null, null, false, List.of(), far, ANNA));

        assertThat(after.profiles()).isEmpty();
        assertThat(after.expiresAt()).isEqualTo(far);
        assertThat(edited(edit(Map.of(), true)).expiresAt()).isEqualTo(IMAGE.expiresAt());
    }

    @Test
    @DisplayName("rest-api 79: a stale tag is refused with both tags")
    void a_stale_tag_is_refused() {
        EditImage stale = new EditImage(
                "default", IMAGE.fingerprint(), "\"old\"", true, null, null, false, null, null, ANNA);

        String etag = ImageEntry.of(IMAGE).etag();
        assertThat(CatalogRules.edit(snapshot, stale, Samples.NOW))
                .isEqualTo(Decision.no(Refused.changed(etag, "\"old\"")));
    }

    @Test
    @DisplayName("rest-api 91: an edit is told, even one that changes nothing")
    void an_edit_that_changes_nothing_writes_nothing_and_is_told() {
        Decision<ImageIsEdited> decision = CatalogRules.edit(snapshot, edit(Map.of(), true), Samples.NOW);

        assertThat(decision.steps()).isEmpty();
        assertThat(decision.news()).singleElement()
                .satisfies(event -> assertThat(event.json()).contains("\"action\":\"image-updated\""));
    }

    @Test
    void removing_takes_the_names_along() {
        Decision<?> decision = CatalogRules.remove(
                snapshot, new RemoveImage("default", IMAGE.fingerprint(), ANNA), Samples.NOW);

        assertThat(decision.steps()).containsExactly(new Step.Drop(IMAGE));
        assertThat(decision.news()).extracting(event -> event.json()).satisfiesExactly(
                alias -> assertThat(alias).contains("image-alias-deleted"),
                image -> assertThat(image).contains("image-deleted"));
    }

    @Test
    void what_is_not_there_cannot_be_edited_or_removed() {
        Fingerprint unknown = new Fingerprint(Samples.hex("unknown"));
        EditImage edit = new EditImage("default", unknown, null, true, null, null, false, null, null, ANNA);

        assertThat(CatalogRules.edit(snapshot, edit, Samples.NOW)).isEqualTo(Decision.no(ImageSearch.NOT_FOUND));
        assertThat(CatalogRules.remove(snapshot, new RemoveImage("default", unknown, ANNA), Samples.NOW))
                .isEqualTo(Decision.no(ImageSearch.NOT_FOUND));
        assertThat(CatalogRules.remove(snapshot, new RemoveImage("other", IMAGE.fingerprint(), ANNA), Samples.NOW))
                .isEqualTo(Decision.no(ImageSearch.NOT_FOUND));
    }

    @Test
    void only_later_uses_of_images_that_are_there_are_written() {
        Step.Touch use = new Step.Touch("default", IMAGE.fingerprint(), Samples.NOW);
        Step.Touch unknown = new Step.Touch("default", new Fingerprint(Samples.hex("unknown")), Samples.NOW);

        Decision<Integer> first = CatalogRules.touch(snapshot, List.of(use, unknown));
        Snapshot after = snapshot.after(first.steps());

        assertThat(first.steps()).containsExactly(use);
        assertThat(after.shelf("default").image(IMAGE.fingerprint().hex()).orElseThrow().lastUsedAt())
                .isEqualTo(Samples.NOW);
        assertThat(CatalogRules.touch(after, List.of(use)).steps()).isEmpty();
    }

    private Image edited(EditImage edit) {
        return CatalogRules.edit(snapshot, edit, Samples.NOW).answer().fold(ImageIsEdited::image, refused -> null);
    }

    private static EditImage edit(Map<String, String> properties, boolean merge) {
        return new EditImage("default", IMAGE.fingerprint(), null, null, null, properties, merge, null, null, ANNA);
    }
}
