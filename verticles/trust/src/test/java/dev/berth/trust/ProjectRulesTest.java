package dev.berth.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.Refused.Reason;
import dev.berth.contract.TrustContract.Profile;
import dev.berth.contract.TrustContract.Project;
import dev.berth.kit.bus.RefusedException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** rest-api 7. */
class ProjectRulesTest {
    private static final Map<String, String> USUAL = Map.of("features.images", "true", "features.profiles", "true");

    private final TrustSnapshot now = new TrustSnapshot(
            List.of(),
            List.of(new Project("default", "", USUAL), new Project("busy", "", USUAL), new Project("empty", "", USUAL)),
            List.of(profile("busy", "default"), profile("busy", "small"), profile("empty", "default")),
            List.of());

    @Test
    void a_new_project_has_the_usual_features_unless_it_says_otherwise() {
        assertThat(ProjectRules.creating(now, new Project("new", null, null))).isEqualTo(new Project("new", "", USUAL));
        assertThat(ProjectRules.creating(now, new Project("new", "x", Map.of("features.images", "false"))).config())
                .isEqualTo(Map.of("features.images", "false", "features.profiles", "true"));
    }

    @Test
    void a_project_is_created_once() {
        refuses(
                () -> ProjectRules.creating(now, new Project("busy", "", Map.of())),
                Reason.CONFLICT,
                "A project named \"busy\" already exists");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {
        "||,No name provided",
        "a/b,Project names may not contain slashes",
        "|a b|,Project names may not contain spaces",
        "a_b,Project names may not contain underscores",
        "a'b,Project names may not contain quotes",
        "a\"b,Project names may not contain quotes",
        "*,Reserved project name",
        "..,Invalid project name \"..\"",
        "|a\tb|,Project names may not contain control characters",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,|Project names may have 64 characters at most, got 65|",
    })
    void bad_names_are_refused_for_new_and_renamed_projects(String name, String text) {
        refuses(() -> ProjectRules.creating(now, new Project(name, "", Map.of())), Reason.INVALID, text);
        refuses(() -> ProjectRules.renaming(now, "empty", name), Reason.INVALID, text);
    }

    @ParameterizedTest
    @CsvSource({
        "features.images,perhaps", "images.remote_cache_expiry,-1", "images.auto_update_interval,soon",
        "images.default_architecture,vax", "images.compression_algorithm,gzip; id", "restricted,maybe",
    })
    void values_that_make_no_sense_are_refused(String key, String value) {
        refuses(
                () -> ProjectRules.creating(now, new Project("new", "", Map.of(key, value))),
                Reason.INVALID,
                "Invalid project configuration value for " + key + ": " + value);
    }

    @ParameterizedTest
    @CsvSource({
        "features.images,no", "images.remote_cache_expiry,10", "images.compression_algorithm,gzip -9",
        "images.default_architecture,x86_64", "user.anything,at all", "limits.disk,10GiB", "restricted.devices.disk,block",
    })
    void values_that_lxd_takes_are_taken(String key, String value) {
        assertThat(ProjectRules.creating(now, new Project("new", "", Map.of(key, value))).config()).containsEntry(key, value);
    }

    @Test
    void unknown_keys_are_refused_by_name() {
        refuses(
                () -> ProjectRules.creating(now, new Project("new", "", Map.of("image.public", "true"))),
                Reason.INVALID,
                "Invalid project configuration key: image.public");
    }

    @Test
    void the_default_project_stays_what_it_is() {
        refuses(() -> ProjectRules.renaming(now, "default", "x"), Reason.FORBIDDEN, "The default project cannot be renamed");
        refuses(() -> ProjectRules.deleting(now, "default"), Reason.FORBIDDEN, "The default project cannot be deleted");
        refuses(
                () -> ProjectRules.editing(now, new Project("default", "", Map.of("features.images", "false"))),
                Reason.INVALID,
                "You can't change the features of the default project");
        assertThat(ProjectRules.editing(now, new Project("default", "new text", USUAL)).description()).isEqualTo("new text");
    }

    @Test
    void a_project_with_profiles_beside_default_is_not_empty() {
        refuses(() -> ProjectRules.renaming(now, "busy", "x"), Reason.INVALID, "Only empty projects can be renamed");
        refuses(() -> ProjectRules.deleting(now, "busy"), Reason.INVALID, "Only empty projects can be removed");
        refuses(
                () -> ProjectRules.editing(now, new Project("busy", "", Map.of("features.images", "true"))),
                Reason.INVALID,
                "Features can only be changed on empty projects");
        ProjectRules.renaming(now, "empty", "x");
        ProjectRules.deleting(now, "empty");
    }

    @Test
    void a_project_is_not_renamed_onto_another() {
        refuses(
                () -> ProjectRules.renaming(now, "empty", "busy"), Reason.CONFLICT, "A project named \"busy\" already exists");
    }

    @Test
    void unknown_projects_are_not_found() {
        refuses(() -> ProjectRules.editing(now, new Project("x", "", Map.of())), Reason.NOT_FOUND, "Project not found");
        refuses(() -> ProjectRules.renaming(now, "x", "y"), Reason.NOT_FOUND, "Project not found");
        refuses(() -> ProjectRules.deleting(now, "x"), Reason.NOT_FOUND, "Project not found");
    }

    private static void refuses(ThrowingCallable what, Reason reason, String text) {
        assertThatThrownBy(what).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.refused().text()).isEqualTo(text);
            assertThat(e.refused().reason()).isEqualTo(reason);
        });
    }

    private static Profile profile(String project, String name) {
        return new Profile(project, name, "", Map.of(), Map.of());
    }
}
