package dev.berth.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract.Certificate;
import dev.berth.contract.TrustContract.Identify;
import dev.berth.contract.TrustContract.Profile;
import dev.berth.contract.TrustContract.Project;
import dev.berth.image.Caller;
import dev.berth.image.Caller.Standing;
import dev.berth.kit.bus.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustSnapshotTest {
    private static final String ADMIN = "a".repeat(64);
    private static final String LIMITED = "ab" + "1".repeat(62);
    private static final String SCRAPER = "c".repeat(64);
    private static final String NOBODY = "d".repeat(64);
    private static final Project PLAIN = new Project("default", "", Map.of("features.images", "true", "features.profiles", "true"));
    private static final Project GUEST = new Project("guest", "", Map.of("features.images", "false"));
    private static final Project OURS = new Project("ours", "", Map.of("features.images", "TRUE", "features.profiles", "1"));

    private final TrustSnapshot snapshot = new TrustSnapshot(
            List.of(
                    certificate(ADMIN, "client", false, List.of()),
                    certificate(LIMITED, "client", true, List.of("ours")),
                    certificate(SCRAPER, "metrics", false, List.of())),
            List.of(PLAIN, GUEST, OURS),
            List.of(profile("default", "default"), profile("default", "small"), profile("ours", "default"), profile("guest", "default")),
            List.of());

    @Test
    void an_unrestricted_client_is_an_administrator() {
        assertThat(identify(ADMIN)).isEqualTo(new Caller(Standing.ADMIN, ADMIN, "tls", "192.0.2.7:1", Set.of()));
    }

    @Test
    void a_restricted_client_may_work_in_its_projects() {
        Caller caller = identify(LIMITED);

        assertThat(caller.standing()).isEqualTo(Standing.RESTRICTED);
        assertThat(caller.mayUse("ours")).isTrue();
        assertThat(caller.mayUse("default")).isFalse();
    }

    @Test
    void a_metrics_certificate_is_not_trusted_with_anything_else() {
        assertThat(identify(SCRAPER).standing()).isEqualTo(Standing.METRICS);
        assertThat(identify(SCRAPER).isTrusted()).isFalse();
    }

    @Test
    void whose_certificate_is_unknown_is_a_stranger() {
        assertThat(identify(NOBODY)).isEqualTo(Caller.stranger("192.0.2.7:1"));
        assertThat(identify(ADMIN.substring(1))).isEqualTo(Caller.stranger("192.0.2.7:1"));
    }

    /** rest-api 35. */
    @Test
    void a_certificate_is_found_by_any_prefix_that_only_one_has() {
        assertThat(snapshot.certificateByPrefix("ab1").fingerprint()).isEqualTo(LIMITED);
        assertThat(snapshot.certificateByPrefix(ADMIN).fingerprint()).isEqualTo(ADMIN);
        assertThat(snapshot.certificateByPrefix("c".repeat(12)).fingerprint()).isEqualTo(SCRAPER);
        assertThatThrownBy(() -> snapshot.certificateByPrefix("a"))
                .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.refused())
                        .isEqualTo(new Refused(Refused.Reason.BROKEN, "More than one certificate matches")));
    }

    @Test
    void nothing_is_found_by_what_is_no_prefix() {
        for (String bad : List.of("", "b", "../x", "AB1", ADMIN + "a", "%")) {
            assertThatThrownBy(() -> snapshot.certificateByPrefix(bad))
                    .as(bad)
                    .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.refused())
                            .isEqualTo(Refused.notFound("Certificate not found")));
        }
    }

    @Test
    void a_project_without_a_feature_uses_those_of_default() {
        assertThat(snapshot.imageProject("guest")).isEqualTo("default");
        assertThat(snapshot.imageProject("ours")).isEqualTo("ours");
        assertThat(snapshot.imageProject("nowhere")).isEqualTo("nowhere");
        assertThat(snapshot.profiles("guest")).extracting(Profile::name).containsExactly("default", "small");
        assertThat(snapshot.profiles("ours")).extracting(Profile::project).containsExactly("ours");
        assertThat(snapshot.profiles("nowhere")).isEmpty();
    }

    private Caller identify(String presented) {
        return snapshot.identify(new Identify(presented, "192.0.2.7:1"));
    }

    private static Certificate certificate(String fingerprint, String type, boolean restricted, List<String> projects) {
        return new Certificate(fingerprint, "x", type, restricted, projects, "PEM", "");
    }

    private static Profile profile(String project, String name) {
        return new Profile(project, name, "", Map.of(), Map.of());
    }
}
