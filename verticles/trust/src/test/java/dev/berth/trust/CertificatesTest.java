package dev.berth.trust;

import static dev.berth.testkit.Expect.no;
import static dev.berth.testkit.Expect.soon;
import static dev.berth.testkit.Expect.yes;
import static dev.berth.trust.TrustRun.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.Answer;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.AddCertificate;
import dev.berth.contract.TrustContract.Certificate;
import dev.berth.contract.TrustContract.CertificateIsAdded;
import dev.berth.contract.TrustContract.DeleteProject;
import dev.berth.contract.TrustContract.EditCertificate;
import dev.berth.contract.TrustContract.FindCertificate;
import dev.berth.contract.TrustContract.Identify;
import dev.berth.contract.TrustContract.ListCertificates;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.PutProject;
import dev.berth.contract.TrustContract.RemoveCertificate;
import dev.berth.contract.TrustContract.RenameProject;
import dev.berth.image.Caller;
import dev.berth.image.Caller.Standing;
import dev.berth.testkit.FakeClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates over a real bus and a real database. */
class CertificatesTest {
    private static final byte[] DER = TestCertificate.good("laptop");
    private static final String FINGERPRINT = TestCertificate.fingerprint(DER);

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

    /** rest-api 39. */
    @Test
    void whoever_was_added_is_trusted_in_the_very_next_request() throws Exception {
        assertThat(identify(FINGERPRINT).isTrusted()).isFalse();

        assertThat(yes(add(false, List.of())).fingerprint()).isEqualTo(FINGERPRINT);

        assertThat(identify(FINGERPRINT).standing()).isEqualTo(Standing.ADMIN);
        assertThat(run.nextEvent()).isEqualTo("certificate-created /1.0/certificates/" + FINGERPRINT);
    }

    @Test
    void who_is_trusted_is_news_for_administrators_only() {
        Promise<Event> heard = Promise.promise();
        soon(run.bus.hear(OperationsContract.EVENT, heard::tryComplete));

        yes(add(false, List.of()));

        assertThat(soon(heard.future()).adminsOnly()).isTrue();
    }

    /** rest-api 36. */
    @Test
    void whoever_was_removed_is_a_stranger_in_the_very_next_request() throws Exception {
        yes(add(false, List.of()));
        run.nextEvent();

        yes(run.ask(TrustContract.REMOVE_CERTIFICATE, new RemoveCertificate(FINGERPRINT, ALICE)));

        assertThat(identify(FINGERPRINT).standing()).isEqualTo(Standing.STRANGER);
        assertThat(run.nextEvent()).isEqualTo("certificate-deleted /1.0/certificates/" + FINGERPRINT);
        assertThat(no(run.ask(TrustContract.REMOVE_CERTIFICATE, new RemoveCertificate(FINGERPRINT, ALICE))))
                .isEqualTo(Refused.notFound("Certificate not found"));
    }

    @Test
    void a_restart_forgets_nobody() {
        createProject("ours");
        yes(add(true, List.of("ours", "ours", "default")));
        List<Certificate> before = list();

        restart();

        assertThat(list()).isEqualTo(before);
        assertThat(identify(FINGERPRINT).projects()).containsExactlyInAnyOrder("default", "ours");
    }

    /** rest-api 25: also when the two come at the same moment. */
    @Test
    void twenty_additions_of_one_certificate_add_it_once() {
        List<Future<Answer<CertificateIsAdded>>> race = Stream.generate(() -> run.bus.ask(
                        TrustContract.ADD_CERTIFICATE, added(false, List.of())))
                .limit(20)
                .toList();

        List<Answer<CertificateIsAdded>> answers =
                soon(Future.all(race).map(all -> all.<Answer<CertificateIsAdded>>list()));

        assertThat(answers).filteredOn(answer -> answer instanceof Answer.Yes).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer instanceof Answer.No)
                .hasSize(19)
                .allSatisfy(answer -> assertThat(no(answer))
                        .isEqualTo(Refused.conflict("Certificate already in trust store")));
    }

    @Test
    void a_refused_addition_leaves_nothing_behind() {
        assertThat(no(add(true, List.of("nowhere")))).isEqualTo(Refused.notFound("Project not found"));

        assertThat(list()).isEmpty();
        restart();
        assertThat(list()).isEmpty();
    }

    @Test
    void a_database_that_breaks_changes_nothing_and_callers_are_still_known() {
        yes(add(false, List.of()));
        soon(run.sql.write(connection -> Rows.write(connection, "ALTER TABLE certificate RENAME TO hidden")));

        assertThatThrownBy(() -> run.ask(TrustContract.REMOVE_CERTIFICATE, new RemoveCertificate(FINGERPRINT, ALICE)))
                .hasMessageContaining("no such table");

        assertThat(identify(FINGERPRINT).standing()).isEqualTo(Standing.ADMIN);
    }

    @Test
    void a_renewed_certificate_takes_over_at_once() throws Exception {
        yes(add(false, List.of()));
        run.nextEvent();
        byte[] renewed = TestCertificate.good("laptop");
        String after = TestCertificate.fingerprint(renewed);

        yes(run.ask(TrustContract.EDIT_CERTIFICATE, new EditCertificate(
                FINGERPRINT, null, null, null, null, renewed, "new one", null, ALICE)));

        assertThat(identify(FINGERPRINT).isTrusted()).isFalse();
        assertThat(identify(after).isTrusted()).isTrue();
        assertThat(run.nextEvent()).isEqualTo("certificate-updated /1.0/certificates/" + after);
        assertThat(find(after.substring(0, 12)).description()).isEqualTo("new one");
    }

    @Test
    void a_renamed_project_keeps_its_certificates_and_a_deleted_one_leaves_them_with_nothing() {
        createProject("ours");
        yes(add(true, List.of("ours")));

        yes(run.ask(TrustContract.RENAME_PROJECT, new RenameProject("ours", "mine", ALICE)));
        assertThat(identify(FINGERPRINT).projects()).containsExactly("mine");

        yes(run.ask(TrustContract.DELETE_PROJECT, new DeleteProject("mine", ALICE)));
        assertThat(identify(FINGERPRINT).projects()).isEmpty();
        assertThat(identify(FINGERPRINT).standing()).isEqualTo(Standing.RESTRICTED);
    }

    private void restart() {
        run.close();
        run = new TrustRun(folder, clock, TrustRun.conf());
    }

    private Answer<CertificateIsAdded> add(boolean restricted, List<String> projects) {
        return run.ask(TrustContract.ADD_CERTIFICATE, added(restricted, projects));
    }

    private static AddCertificate added(boolean restricted, List<String> projects) {
        return new AddCertificate(DER, "laptop", "client", restricted, projects, "", ALICE);
    }

    private Caller identify(String fingerprint) {
        return run.ask(TrustContract.IDENTIFY, new Identify(fingerprint, "192.0.2.7:1"));
    }

    private List<Certificate> list() {
        return run.ask(TrustContract.LIST_CERTIFICATES, new ListCertificates()).certificates();
    }

    private Certificate find(String prefix) {
        return yes(run.ask(TrustContract.FIND_CERTIFICATE, new FindCertificate(prefix))).certificate();
    }

    private void createProject(String name) {
        yes(run.ask(TrustContract.PUT_PROJECT, new PutProject(new Project(name, "", Map.of()), true, ALICE)));
    }
}
