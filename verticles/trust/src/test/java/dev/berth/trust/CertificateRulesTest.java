package dev.berth.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract.AddCertificate;
import dev.berth.contract.TrustContract.Certificate;
import dev.berth.contract.TrustContract.EditCertificate;
import dev.berth.contract.TrustContract.Project;
import dev.berth.kit.bus.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** rest-api 2.2. */
class CertificateRulesTest {
    private static final Requestor STRANGER = new Requestor("", "", "192.0.2.7:51000");
    private static final byte[] DER = TestCertificate.good("laptop");
    private static final Project OURS = new Project("ours", "", Map.of("features.images", "true"));
    private static final TrustSnapshot NOTHING = new TrustSnapshot(List.of(), List.of(OURS), List.of(), List.of());

    @Test
    void an_added_certificate_is_known_by_the_hash_of_its_bytes() {
        Certificate added = add(DER, "mine", "client", true, List.of("ours"));

        assertThat(added.fingerprint()).isEqualTo(TestCertificate.fingerprint(DER));
        assertThat(added.name()).isEqualTo("mine");
        assertThat(added.restricted()).isTrue();
        assertThat(added.projects()).containsExactly("ours");
        assertThat(added.description()).isEmpty();
    }

    @Test
    void the_shown_certificate_is_pem_in_lines_of_64() {
        String pem = add(DER, "mine", null, false, null).pem();

        assertThat(pem).startsWith("-----BEGIN CERTIFICATE-----\n").endsWith("\n-----END CERTIFICATE-----\n");
        assertThat(pem.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(64));
        String base64 = pem.replaceAll("-----[A-Z ]+-----|\n", "");
        assertThat(Base64.getDecoder().decode(base64)).isEqualTo(DER);
    }

    /** rest-api 40. */
    @Test
    void a_weak_key_is_refused_and_the_least_good_one_is_not() {
        refuses(() -> add(TestCertificate.rsa(1024), "x", null, false, null), "RSA key is too weak (minimum of 2048bit)");
        assertThat(add(TestCertificate.rsa(2048), "x", null, false, null).type()).isEqualTo("client");
    }

    @Test
    void a_certificate_of_another_time_is_refused() {
        Instant noon = TestCertificate.NOON;
        refuses(
                () -> add(TestCertificate.validBetween(noon.minusSeconds(20), noon.minusSeconds(10)), "x", null, false, null),
                "The provided certificate is expired");
        refuses(
                () -> add(TestCertificate.validBetween(noon.plusSeconds(10), noon.plusSeconds(20)), "x", null, false, null),
                "The provided certificate isn't valid yet");
    }

    /** rest-api 25. */
    @Test
    void the_same_certificate_twice_is_a_conflict() {
        TrustSnapshot known = new TrustSnapshot(List.of(add(DER, "first", null, false, null)), List.of(), List.of(), List.of());

        assertThatThrownBy(() -> CertificateRules.adding(known, asked(DER, "second", null, false, null), TestCertificate.NOON))
                .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.refused())
                        .isEqualTo(Refused.conflict("Certificate already in trust store")));
    }

    @Test
    void what_is_not_exactly_one_certificate_is_refused() {
        byte[] cut = Arrays.copyOf(DER, DER.length - 1);
        byte[] longer = Arrays.copyOf(DER, DER.length + 1);
        byte[] pem = add(DER, "x", null, false, null).pem().getBytes(StandardCharsets.US_ASCII);

        for (byte[] bad : new byte[][] {null, {}, {1, 2, 3}, cut, longer, pem}) {
            assertThatThrownBy(() -> add(bad, "x", null, false, null))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("Invalid certificate material: ");
        }
    }

    @Test
    void a_certificate_without_a_name_is_called_what_it_calls_itself() {
        assertThat(add(DER, null, null, false, null).name()).isEqualTo("laptop");
        assertThat(add(TestCertificate.named("O=berth, CN=root@host.example"), "", null, false, null).name())
                .isEqualTo("root@host.example");
    }

    @Test
    void a_certificate_without_any_name_is_called_after_where_it_comes_from() {
        assertThat(add(TestCertificate.named("O=berth"), null, null, false, null).name()).isEqualTo("192.0.2.7");
        assertThat(add(TestCertificate.named("CN=-evil/name"), null, null, false, null).name()).isEqualTo("192.0.2.7");
    }

    @Test
    void names_that_could_be_taken_for_something_else_are_refused() {
        for (String name : List.of("-rf", "a/b", "a\nb", "x".repeat(256))) {
            assertThatThrownBy(() -> add(DER, name, null, false, null))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("Certificate names ");
        }
    }

    @Test
    void only_client_and_metrics_certificates_are_kept() {
        assertThat(add(DER, "x", "metrics", false, null).type()).isEqualTo("metrics");
        refuses(() -> add(DER, "x", "server", false, null), "Invalid certificate type: expected client or metrics, got \"server\"");
    }

    @Test
    void projects_without_restriction_and_unknown_projects_are_refused() {
        refuses(
                () -> add(DER, "x", null, false, List.of("ours")),
                "A certificate that is not restricted cannot be limited to projects");
        refuses(() -> add(DER, "x", null, true, List.of("theirs")), "Project not found");
    }

    @Test
    void an_edit_keeps_what_it_does_not_name() {
        Certificate before = add(DER, "mine", "client", true, List.of("ours"));

        Certificate after = edit(before, new EditCertificate(
                before.fingerprint(), "yours", null, null, null, null, null, null, STRANGER));

        assertThat(after).isEqualTo(new Certificate(
                before.fingerprint(), "yours", "client", true, List.of("ours"), before.pem(), ""));
    }

    @Test
    void lifting_the_restriction_lifts_the_projects_too() {
        Certificate before = add(DER, "mine", "client", true, List.of("ours"));

        Certificate after = edit(before, new EditCertificate(
                before.fingerprint(), null, null, false, null, null, null, null, STRANGER));

        assertThat(after.restricted()).isFalse();
        assertThat(after.projects()).isEmpty();
    }

    @Test
    void a_renewed_certificate_keeps_its_rights_under_a_new_fingerprint() {
        Certificate before = add(DER, "mine", "client", true, List.of("ours"));
        byte[] renewed = TestCertificate.good("laptop");

        Certificate after = edit(before, renewal(before, renewed));

        assertThat(after.fingerprint()).isEqualTo(TestCertificate.fingerprint(renewed)).isNotEqualTo(before.fingerprint());
        assertThat(after.projects()).containsExactly("ours");
        assertThat(edit(before, renewal(before, DER))).isEqualTo(before);
        refuses(() -> edit(before, renewal(before, TestCertificate.rsa(1024))), "RSA key is too weak (minimum of 2048bit)");
    }

    @Test
    void an_edit_of_what_somebody_else_edited_meanwhile_is_refused() {
        Certificate seen = add(DER, "mine", "client", true, List.of("ours"));
        Certificate narrowed = edit(seen, new EditCertificate(
                seen.fingerprint(), null, null, null, List.of(), null, null, seen, STRANGER));

        assertThat(narrowed.projects()).isEmpty();
        assertThatThrownBy(() -> edit(narrowed, new EditCertificate(
                        seen.fingerprint(), null, null, null, List.of("ours"), null, null, seen, STRANGER)))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("ETag doesn't match");
    }

    @Test
    void editing_what_is_not_there_is_not_found() {
        refuses(
                () -> CertificateRules.editing(
                        NOTHING,
                        new EditCertificate("ab".repeat(32), "x", null, null, null, null, null, null, STRANGER),
                        TestCertificate.NOON),
                "Certificate not found");
    }

    private static EditCertificate renewal(Certificate before, byte[] der) {
        return new EditCertificate(before.fingerprint(), null, null, null, null, der, null, null, STRANGER);
    }

    private static Certificate edit(Certificate before, EditCertificate asked) {
        TrustSnapshot known = new TrustSnapshot(List.of(before), List.of(OURS), List.of(), List.of());
        return CertificateRules.editing(known, asked, TestCertificate.NOON);
    }

    private static Certificate add(byte[] der, String name, String type, boolean restricted, List<String> projects) {
        return CertificateRules.adding(NOTHING, asked(der, name, type, restricted, projects), TestCertificate.NOON);
    }

    private static AddCertificate asked(byte[] der, String name, String type, boolean restricted, List<String> projects) {
        return new AddCertificate(der, name, type, restricted, projects, null, STRANGER);
    }

    private static void refuses(ThrowingCallable what, String text) {
        assertThatThrownBy(what).isInstanceOf(RefusedException.class).hasMessage(text);
    }
}
