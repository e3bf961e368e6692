package dev.berth.trust;

import static dev.berth.testkit.Expect.no;
import static dev.berth.testkit.Expect.soon;
import static dev.berth.testkit.Expect.yes;
import static dev.berth.trust.TrustRun.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.Done;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.DeleteProfile;
import dev.berth.contract.TrustContract.DeleteProject;
import dev.berth.contract.TrustContract.FindProfile;
import dev.berth.contract.TrustContract.FindProject;
import dev.berth.contract.TrustContract.ListProfiles;
import dev.berth.contract.TrustContract.ListProjects;
import dev.berth.contract.TrustContract.Profile;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.ProjectIs;
import dev.berth.contract.TrustContract.PutProfile;
import dev.berth.contract.TrustContract.PutProject;
import dev.berth.contract.TrustContract.RenameProject;
import dev.berth.testkit.FakeClock;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects and profiles over a real bus and a real database. */
class ProjectsAndProfilesTest {
    private static final Map<String, String> USUAL = Map.of("features.images", "true", "features.profiles", "true");

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock();
    private TrustRun run;

    @BeforeEach
    void open() {
        run = new TrustRun(folder, clock, TrustRun.conf());
    }

    @AfterEach
    void close() {
        run.close();
    }

    /** rest-api 223 and 224. */
    @Test
    void the_default_project_and_its_profile_are_always_there() {
        assertThat(projects()).containsExactly(new Project("default", "Default project", USUAL));
        assertThat(profiles("default"))
                .containsExactly(new Profile("default", "default", "Default profile", Map.of(), Map.of()));
    }

    @Test
    void a_project_comes_with_its_own_profile_and_stays_after_a_restart() throws Exception {
        yes(put(new Project("ours", "all of us", Map.of("user.x", "1")), true));
        assertThat(run.nextEvent()).isEqualTo("project-created /1.0/projects/ours");

        run.close();
        run = new TrustRun(folder, clock, TrustRun.conf());

        ProjectIs found = find("ours");
        assertThat(found.imageProject()).isEqualTo("ours");
        assertThat(found.project().description()).isEqualTo("all of us");
        assertThat(found.project().config()).containsEntry("user.x", "1").containsAllEntriesOf(USUAL);
        assertThat(profiles("ours")).extracting(Profile::name).containsExactly("default");
    }

    @Test
    void an_edit_replaces_the_whole_config() throws Exception {
        yes(put(new Project("ours", "", Map.of("user.x", "1")), true));
        run.nextEvent();

        yes(put(new Project("ours", "new", Map.of("features.images", "false", "features.profiles", "true")), false));

        assertThat(run.nextEvent()).isEqualTo("project-updated /1.0/projects/ours");
        assertThat(find("ours").project().config()).isEqualTo(Map.of("features.images", "false", "features.profiles", "true"));
        assertThat(find("ours").imageProject()).isEqualTo("default");
    }

    @Test
    void of_two_edits_of_the_same_project_the_later_one_is_told_that_it_changed() {
        yes(put(new Project("ours", "", Map.of()), true));
        Project seen = find("ours").project();
        Project one = new Project("ours", "one", seen.config());
        Project other = new Project("ours", "other", seen.config());

        Future<Answer<Done>> first = run.bus.ask(TrustContract.PUT_PROJECT, new PutProject(one, false, seen, ALICE));
        Future<Answer<Done>> second = run.bus.ask(TrustContract.PUT_PROJECT, new PutProject(other, false, seen, ALICE));

        yes(soon(first));
        assertThat(no(soon(second)).reason()).isEqualTo(Refused.Reason.CHANGED);
        assertThat(find("ours").project().description()).isEqualTo("one");
    }

    @Test
    void of_two_edits_of_the_same_profile_the_later_one_is_told_that_it_changed() {
        Profile seen = profile("default", "default");
        Profile one = new Profile("default", "default", "one", Map.of(), Map.of());
        Profile other = new Profile("default", "default", "other", Map.of(), Map.of());

        yes(run.ask(TrustContract.PUT_PROFILE, new PutProfile(one, false, seen, ALICE)));
        assertThat(no(run.ask(TrustContract.PUT_PROFILE, new PutProfile(other, false, seen, ALICE))).reason())
                .isEqualTo(Refused.Reason.CHANGED);

        assertThat(profile("default", "default")).isEqualTo(one);
    }

    @Test
    void a_renamed_project_is_found_under_its_new_name_with_all_it_has() throws Exception {
        yes(put(new Project("ours", "", Map.of("user.x", "1")), true));
        run.nextEvent();

        yes(run.ask(TrustContract.RENAME_PROJECT, new RenameProject("ours", "mine", ALICE)));

        assertThat(run.nextEvent()).isEqualTo("project-renamed /1.0/projects/mine");
        assertThat(find("mine").project().config()).containsEntry("user.x", "1");
        assertThat(profiles("mine")).extracting(Profile::project).containsExactly("mine");
        assertThat(no(run.ask(TrustContract.FIND_PROJECT, new FindProject("ours"))))
                .isEqualTo(Refused.notFound("Project not found"));
    }

    @Test
    void a_deleted_project_is_gone_with_its_profile() throws Exception {
        yes(put(new Project("ours", "", Map.of()), true));
        run.nextEvent();

        yes(run.ask(TrustContract.DELETE_PROJECT, new DeleteProject("ours", ALICE)));

        assertThat(run.nextEvent()).isEqualTo("project-deleted /1.0/projects/ours");
        assertThat(projects()).extracting(Project::name).containsExactly("default");
        assertThat(profiles("ours")).isEmpty();
        yes(put(new Project("ours", "", Map.of()), true));
    }

    @Test
    void a_profile_is_made_changed_and_deleted() throws Exception {
        Profile small = new Profile("default", "small", "", Map.of("limits.cpu", "1"), Map.of("root", Map.of("type", "disk")));
        yes(run.ask(TrustContract.PUT_PROFILE, new PutProfile(small, true, ALICE)));
        assertThat(run.nextEvent()).isEqualTo("profile-created /1.0/profiles/small");
        assertThat(profile("default", "small")).isEqualTo(small);
        assertThat(no(run.ask(TrustContract.PUT_PROFILE, new PutProfile(small, true, ALICE))))
                .isEqualTo(Refused.conflict("The profile already exists"));

        Profile smaller = new Profile("default", "small", "tiny", Map.of(), Map.of());
        yes(run.ask(TrustContract.PUT_PROFILE, new PutProfile(smaller, false, ALICE)));
        assertThat(run.nextEvent()).isEqualTo("profile-updated /1.0/profiles/small");
        assertThat(profile("default", "small")).isEqualTo(smaller);

        yes(run.ask(TrustContract.DELETE_PROFILE, new DeleteProfile("default", "small", ALICE)));
        assertThat(run.nextEvent()).isEqualTo("profile-deleted /1.0/profiles/small");
        assertThat(no(run.ask(TrustContract.FIND_PROFILE, new FindProfile("default", "small"))))
                .isEqualTo(Refused.notFound("Profile not found"));
    }

    @Test
    void the_default_profile_cannot_be_deleted() {
        assertThat(no(run.ask(TrustContract.DELETE_PROFILE, new DeleteProfile("default", "default", ALICE))))
                .isEqualTo(Refused.forbidden("The default profile cannot be deleted"));
    }

    @Test
    void bad_and_unknown_profiles_are_refused() {
        for (String name : List.of("", "a/b", ".", "..", "a\nb", "x".repeat(65))) {
            Profile bad = new Profile("default", name, "", Map.of(), Map.of());
            assertThat(no(run.ask(TrustContract.PUT_PROFILE, new PutProfile(bad, true, ALICE))).reason())
                    .as(name)
                    .isEqualTo(Refused.Reason.INVALID);
        }
        Profile unknown = new Profile("default", "unknown", "", Map.of(), Map.of());
        assertThat(no(run.ask(TrustContract.PUT_PROFILE, new PutProfile(unknown, false, ALICE))))
                .isEqualTo(Refused.notFound("Profile not found"));
        Profile nowhere = new Profile("nowhere", "x", "", Map.of(), Map.of());
        assertThat(no(run.ask(TrustContract.PUT_PROFILE, new PutProfile(nowhere, true, ALICE))))
                .isEqualTo(Refused.notFound("Project not found"));
    }

    @Test
    void a_project_without_profiles_of_its_own_changes_those_of_default() {
        yes(put(new Project("guest", "", Map.of("features.profiles", "false")), true));

        yes(run.ask(TrustContract.PUT_PROFILE, new PutProfile(new Profile("guest", "small", "", null, null), true, ALICE)));

        assertThat(profile("default", "small")).isEqualTo(new Profile("default", "small", "", Map.of(), Map.of()));
        assertThat(profiles("guest")).isEqualTo(profiles("default"));
    }

    @Test
    void a_project_with_profiles_of_its_own_cannot_be_deleted() {
        yes(put(new Project("ours", "", Map.of()), true));
        yes(run.ask(TrustContract.PUT_PROFILE, new PutProfile(new Profile("ours", "small", "", null, null), true, ALICE)));

        assertThat(no(run.ask(TrustContract.DELETE_PROJECT, new DeleteProject("ours", ALICE))))
                .isEqualTo(Refused.invalid("Only empty projects can be removed"));
        assertThat(projects()).hasSize(2);
    }

    private Answer<Done> put(Project project, boolean create) {
        return run.ask(TrustContract.PUT_PROJECT, new PutProject(project, create, ALICE));
    }

    private ProjectIs find(String name) {
        return yes(run.ask(TrustContract.FIND_PROJECT, new FindProject(name)));
    }

    private List<Project> projects() {
        return run.ask(TrustContract.LIST_PROJECTS, new ListProjects()).projects();
    }

    private List<Profile> profiles(String project) {
        return run.ask(TrustContract.LIST_PROFILES, new ListProfiles(project)).profiles();
    }

    private Profile profile(String project, String name) {
        return yes(run.ask(TrustContract.FIND_PROFILE, new FindProfile(project, name))).profile();
    }
}
