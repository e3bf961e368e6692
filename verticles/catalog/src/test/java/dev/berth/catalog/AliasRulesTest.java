package dev.berth.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.CatalogContract.CreateAlias;
import dev.berth.contract.CatalogContract.DeleteAlias;
import dev.berth.contract.CatalogContract.EditAlias;
import dev.berth.contract.CatalogContract.RenameAlias;
import dev.berth.contract.Done;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.image.Alias;
import dev.berth.image.Image;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AliasRulesTest {
    private static final Requestor ANNA = new Requestor("anna", "tls", "192.0.2.1:4711");
    private static final Image ONE = Samples.image(1, "one");
    private static final Image TWO = Samples.image(2, "two");

    private final Snapshot snapshot = Snapshot.of(List.of(ONE, TWO, Samples.image("other", 1, true)), Map.of());

    @Test
    @DisplayName("rest-api 187, 189, 199: a name may hold slashes, and its target may be a prefix")
    void a_new_name_stands_in_its_image() {
        Decision<Done> decision = create("a/b/", TWO.fingerprint().shortForm(), false);

        Snapshot after = snapshot.after(decision.steps());
        assertThat(target(after, "a/b/")).isEqualTo(TWO);
        assertThat(image(after, TWO).aliases()).extracting(Alias::name).containsExactly("a/b/", "two");
        assertThat(decision.news()).singleElement().satisfies(event -> assertThat(event.json())
                .contains("image-alias-created", "\"context\":{\"target\":\"" + TWO.fingerprint() + "\"}"));
    }

    @Test
    @DisplayName("rest-api 187, 188: taken names, missing and unknown targets are refused")
    void names_that_cannot_be_created_are_refused() {
        assertThat(create("one", TWO.fingerprint().hex(), false)).isEqualTo(conflict("one"));
        assertThat(create("new", "", false)).isEqualTo(Decision.no(Refused.invalid("name and target are required")));
        assertThat(create("new", "abcdef", false)).isEqualTo(Decision.no(ImageSearch.NOT_FOUND));
    }

    @Test
    void a_twin_is_tolerated_only_when_asked_and_only_with_the_same_target() {
        assertThat(create("one", ONE.fingerprint().hex(), true)).isEqualTo(Decision.unchanged(Done.DONE));
        assertThat(create("one", TWO.fingerprint().hex(), true)).isEqualTo(conflict("one"));
        assertThat(create("one", ONE.fingerprint().hex(), false)).isEqualTo(conflict("one"));
    }

    @Test
    @DisplayName("rest-api 192: a put moves the name to another image")
    void a_name_moves_from_image_to_image() {
        Decision<Done> decision = edit("one", null, TWO.fingerprint().hex(), "moved");

        Snapshot after = snapshot.after(decision.steps());
        assertThat(target(after, "one")).isEqualTo(TWO);
        assertThat(image(after, ONE).aliases()).isEmpty();
        assertThat(image(after, TWO).aliases()).contains(new Alias("one", "moved"));
        assertThat(decision.news()).singleElement()
                .satisfies(event -> assertThat(event.json()).contains("image-alias-updated"));
    }

    @Test
    @DisplayName("rest-api 193: a patch changes only the description")
    void a_description_changes_alone() {
        Snapshot after = snapshot.after(edit("one", null, null, "new text").steps());

        assertThat(image(after, ONE).aliases()).containsExactly(new Alias("one", "new text"));
        assertThat(target(after, "one")).isEqualTo(ONE);
    }

    @Test
    @DisplayName("rest-api 192, 194: missing targets, unknown names and stale tags are refused")
    void edits_that_cannot_be_made_are_refused() {
        String etag = snapshot.shelf("default").aliases().find("one").orElseThrow().etag();

        assertThat(edit("one", null, "", "x"))
                .isEqualTo(Decision.no(Refused.invalid("The target field is required")));
        assertThat(edit("nobody", null, ONE.fingerprint().hex(), "x")).isEqualTo(Decision.no(AliasRules.NOT_FOUND));
        assertThat(edit("one", null, "abcdef", "x")).isEqualTo(Decision.no(ImageSearch.NOT_FOUND));
        assertThat(edit("one", "stale", null, "x")).isEqualTo(Decision.no(Refused.changed(etag, "stale")));
        assertThat(edit("one", etag.replace("\"", ""), null, "x").steps()).hasSize(1);
    }

    @Test
    @DisplayName("rest-api 191: a new name keeps target and description; a taken one is refused")
    void a_name_is_changed() {
        Decision<Done> decision = rename("one", "debian/12");

        Snapshot after = snapshot.after(decision.steps());
        assertThat(image(after, ONE).aliases()).containsExactly(new Alias("debian/12", "about one"));
        assertThat(after.shelf("default").aliases().find("one")).isEmpty();
        assertThat(decision.news()).singleElement().satisfies(event -> assertThat(event.json())
                .contains("image-alias-renamed", "aliases/debian%2F12", "\"name\":\"debian/12\"", "\"context\":{\"old_name\":\"one\"}"));
        assertThat(rename("one", "two")).isEqualTo(conflict("two"));
        assertThat(rename("nobody", "new")).isEqualTo(Decision.no(AliasRules.NOT_FOUND));
    }

    @Test
    @DisplayName("rest-api 195: a deleted name is gone, and cannot be deleted again")
    void a_name_is_deleted_once() {
        Decision<Done> decision = delete(snapshot, "one");
        Snapshot after = snapshot.after(decision.steps());

        assertThat(image(after, ONE).aliases()).isEmpty();
        assertThat(decision.news()).singleElement()
                .satisfies(event -> assertThat(event.json()).contains("image-alias-deleted"));
        assertThat(delete(after, "one")).isEqualTo(Decision.no(AliasRules.NOT_FOUND));
    }

    @Test
    @DisplayName("rest-api 196: the same name in two projects is independent")
    void the_same_name_in_two_projects_is_independent() {
        Decision<Done> decision = AliasRules.create(
                snapshot,
                new CreateAlias("other", new Alias("one", ""), ONE.fingerprint().hex(), false, ANNA),
                Samples.NOW);
        Snapshot after = snapshot.after(decision.steps());

        assertThat(after.shelf("other").aliases().find("one")).isPresent();
        assertThat(delete(after, "one").steps()).hasSize(1);
        assertThat(after.after(delete(after, "one").steps()).shelf("other").aliases().find("one")).isPresent();
    }

    private Decision<Done> create(String name, String target, boolean tolerateTwin) {
        CreateAlias call = new CreateAlias("default", new Alias(name, ""), target, tolerateTwin, ANNA);
        return AliasRules.create(snapshot, call, Samples.NOW);
    }

    private Decision<Done> edit(String name, String ifMatch, String target, String description) {
        return AliasRules.edit(snapshot, new EditAlias("default", name, ifMatch, target, description, ANNA), Samples.NOW);
    }

    private Decision<Done> rename(String name, String newName) {
        return AliasRules.rename(snapshot, new RenameAlias("default", name, newName, ANNA), Samples.NOW);
    }

    private static Decision<Done> delete(Snapshot now, String name) {
        return AliasRules.delete(now, new DeleteAlias("default", name, ANNA), Samples.NOW);
    }

    private static Decision<Done> conflict(String name) {
        return Decision.no(Refused.conflict("Alias \"" + name + "\" already exists"));
    }

    private static Image target(Snapshot snapshot, String name) {
        Shelf shelf = snapshot.shelf("default");
        String hex = shelf.aliases().find(name).orElseThrow().target().hex();
        Image image = shelf.image(hex).orElseThrow();
        return hex.equals(ONE.fingerprint().hex()) ? ONE : hex.equals(TWO.fingerprint().hex()) ? TWO : image;
    }

    private static Image image(Snapshot snapshot, Image image) {
        return snapshot.shelf("default").image(image.fingerprint().hex()).orElseThrow();
    }
}
