package dev.berth.trust;

import static dev.berth.testkit.Expect.no;
import static dev.berth.testkit.Expect.soon;
import static dev.berth.testkit.Expect.yes;
import static dev.berth.trust.TrustRun.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.Removed;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.DeleteProject;
import dev.berth.contract.TrustContract.GrantToken;
import dev.berth.contract.TrustContract.Project;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.contract.TrustContract.PutProject;
import dev.berth.contract.TrustContract.RedeemToken;
import dev.berth.contract.TrustContract.TokenIsGranted;
import dev.berth.contract.TrustContract.TokenIsRedeemed;
import dev.berth.contract.TrustContract.VoidToken;
import dev.berth.image.Fingerprint;
import dev.berth.testkit.FakeClock;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens over a real bus and a real database. */
class TokensTest {
    private static final Fingerprint IMAGE = new Fingerprint("ab".repeat(32));
    private static final Fingerprint OTHER = new Fingerprint("cd".repeat(32));
    private static final Refused NO_MATCH = Refused.forbidden("No matching certificate add operation found");
    private static final Refused NOT_AUTHORIZED = Refused.forbidden("not authorized");
    private static final Map<String, Object> REQUEST =
            Map.of("addresses", List.of("h:8443"), "request", Map.of("name", "laptop", "restricted", true));

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

    /** rest-api 26. */
    @Test
    void a_granted_token_shows_as_a_running_operation_with_its_secret() {
        TokenIsGranted granted = grant(certificateToken(3600));

        Start shown = run.shown.get(granted.operation().id());
        assertThat(granted.secret()).matches("[0-9a-f]{64}");
        assertThat(shown.kind()).isEqualTo(Kind.TOKEN);
        assertThat(shown.description()).isEqualTo("Certificate add token");
        assertThat(shown.mayCancel()).isTrue();
        assertThat(shown.resources()).isNull();
        assertThat(shown.metadata())
                .containsEntry("secret", granted.secret())
                .containsEntry("expiresAt", "2026-11-23T13:00:00Z")
                .containsAllEntriesOf(REQUEST);
    }

    /** rest-api 148. */
    @Test
    void an_image_token_names_its_image() throws Exception {
        TokenIsGranted upload = grant(imageToken(Purpose.UPLOAD_IMAGE));

        Start shown = run.shown.get(upload.operation().id());
        assertThat(shown.description()).isEqualTo("Image upload token");
        assertThat(shown.resources()).isEqualTo(Map.of("images", List.of("/1.0/images/" + IMAGE)));
        assertThat(shown.metadata())
                .containsEntry("secret", upload.secret())
                .containsEntry("fingerprint", IMAGE.hex())
                .doesNotContainKey("expiresAt");
        assertThat(run.nextEvent()).isEqualTo("image-secret-created /1.0/images/" + IMAGE);
    }

    /** rest-api 27, 28 and 31. */
    @Test
    void using_a_token_gives_what_was_granted_and_ends_its_operation() {
        TokenIsGranted granted = grant(certificateToken(0));

        TokenIsRedeemed redeemed = yes(redeem(Purpose.ADD_CERTIFICATE, granted.secret()));

        assertThat(redeemed.metadata()).isEqualTo(REQUEST);
        assertThat(redeemed.grantedAt()).isEqualTo(clock.instant());
        assertThat(run.ended.get(granted.operation().id()).status()).isEqualTo(Status.CANCELLED);
        assertThat(run.ended.get(granted.operation().id()).metadata()).doesNotContainKey("secret");
    }

    /** rest-api 29: no grace for certificates, not even within the same millisecond. */
    @Test
    void a_certificate_token_is_good_once() {
        String secret = grant(certificateToken(0)).secret();
        yes(redeem(Purpose.ADD_CERTIFICATE, secret));

        assertThat(no(redeem(Purpose.ADD_CERTIFICATE, secret))).isEqualTo(NO_MATCH);
    }

    /** rest-api 30. */
    @Test
    void an_expired_token_says_so_for_a_while() throws Exception {
        TokenIsGranted granted = grant(certificateToken(60));
        clock.advance(Duration.ofSeconds(60));

        assertThat(no(redeem(Purpose.ADD_CERTIFICATE, granted.secret()))).isEqualTo(Refused.forbidden("Token has expired"));
        within10s(() -> run.ended.containsKey(granted.operation().id()));
        assertThat(no(redeem(Purpose.ADD_CERTIFICATE, granted.secret()))).isEqualTo(Refused.forbidden("Token has expired"));

        clock.advance(Duration.ofDays(1));
        within10s(() -> no(redeem(Purpose.ADD_CERTIFICATE, granted.secret())).equals(NO_MATCH));
    }

    @Test
    void an_expired_image_secret_says_nothing() {
        String secret = grant(new GrantToken(Purpose.DOWNLOAD_IMAGE, "default", IMAGE, 60, null, ALICE)).secret();
        clock.advance(Duration.ofSeconds(60));

        assertThat(no(redeem(Purpose.DOWNLOAD_IMAGE, secret))).isEqualTo(NOT_AUTHORIZED);
    }

    /** rest-api 158 and 152; reliability S19. */
    @Test
    void an_image_secret_is_good_for_any_number_of_uses_within_the_grace_time_and_then_for_none() {
        for (Purpose purpose : List.of(Purpose.DOWNLOAD_IMAGE, Purpose.UPLOAD_IMAGE)) {
            String secret = grant(imageToken(purpose)).secret();

            yes(redeem(purpose, secret));
            yes(redeem(purpose, secret));
            clock.advance(Duration.ofMillis(4999));
            yes(redeem(purpose, secret));

            clock.advance(Duration.ofMillis(1));
            assertThat(no(redeem(purpose, secret))).isEqualTo(NOT_AUTHORIZED);
        }
    }

    /** rest-api 159. */
    @Test
    void an_unused_secret_waits_for_as_long_as_it_takes() {
        String secret = grant(imageToken(Purpose.DOWNLOAD_IMAGE)).secret();
        clock.advance(Duration.ofDays(400));

        yes(redeem(Purpose.DOWNLOAD_IMAGE, secret));
    }

    /** rest-api 153. */
    @Test
    void a_secret_of_one_purpose_is_worthless_for_every_other() {
        for (Purpose granted : Purpose.values()) {
            String secret = grant(new GrantToken(granted, "default", IMAGE, 0, null, ALICE)).secret();
            for (Purpose other : Purpose.values()) {
                if (other != granted) {
                    assertThat(no(redeem(other, secret)).reason()).isEqualTo(Refused.Reason.FORBIDDEN);
                }
            }
            yes(redeem(granted, secret));
        }
    }

    /** rest-api 157. */
    @Test
    void a_secret_is_good_for_one_image_in_one_project_only() {
        createProject("ours", "true");
        String secret = grant(new GrantToken(Purpose.DOWNLOAD_IMAGE, "ours", IMAGE, 0, null, ALICE)).secret();

        assertThat(no(download(secret, "default", IMAGE))).isEqualTo(NOT_AUTHORIZED);
        assertThat(no(download(secret, "ours", OTHER))).isEqualTo(NOT_AUTHORIZED);
        assertThat(no(download("0".repeat(64), "ours", IMAGE))).isEqualTo(NOT_AUTHORIZED);
        assertThat(no(download("", "ours", IMAGE))).isEqualTo(NOT_AUTHORIZED);
        assertThat(no(download(null, "ours", IMAGE))).isEqualTo(NOT_AUTHORIZED);
        assertThat(no(download(secret.substring(0, 63), "ours", IMAGE))).isEqualTo(NOT_AUTHORIZED);
        yes(download(secret, "ours", IMAGE));
    }

    @Test
    void a_project_that_shares_the_images_of_default_shares_their_secrets() {
        createProject("guest", "false");
        String secret = grant(new GrantToken(Purpose.DOWNLOAD_IMAGE, "guest", IMAGE, 0, null, ALICE)).secret();

        yes(download(secret, "default", IMAGE));
    }

    /** reliability S21. */
    @Test
    void fifty_clients_race_for_one_token_and_exactly_one_wins() {
        String secret = grant(certificateToken(0)).secret();
        RedeemToken use = new RedeemToken(Purpose.ADD_CERTIFICATE, secret, null, null);

        List<Future<Answer<TokenIsRedeemed>>> race =
                Stream.generate(() -> run.bus.ask(TrustContract.REDEEM_TOKEN, use)).limit(50).toList();

        List<Answer<TokenIsRedeemed>> answers = soon(Future.all(race).map(all -> all.<Answer<TokenIsRedeemed>>list()));
        assertThat(answers).filteredOn(answer -> answer instanceof Answer.Yes).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer instanceof Answer.No).hasSize(49)
                .allSatisfy(answer -> assertThat(no(answer)).isEqualTo(NO_MATCH));
    }

    @Test
    void fifty_readers_race_for_one_image_secret_and_all_come_in() {
        String secret = grant(imageToken(Purpose.DOWNLOAD_IMAGE)).secret();
        RedeemToken use = new RedeemToken(Purpose.DOWNLOAD_IMAGE, secret, "default", IMAGE);

        List<Future<Answer<TokenIsRedeemed>>> race =
                Stream.generate(() -> run.bus.ask(TrustContract.REDEEM_TOKEN, use)).limit(50).toList();

        soon(Future.all(race)).<Answer<TokenIsRedeemed>>list().forEach(answer -> yes(answer));
        assertThat(run.ended).hasSize(1);
    }

    /** reliability S19. */
    @Test
    void ten_thousand_wrong_secrets_open_nothing_and_harm_nobody() {
        String secret = grant(imageToken(Purpose.DOWNLOAD_IMAGE)).secret();

        for (int batch = 0; batch < 10; batch++) {
            List<Future<Answer<TokenIsRedeemed>>> guesses = Stream.generate(() -> run.bus.ask(
                            TrustContract.REDEEM_TOKEN,
                            new RedeemToken(Purpose.DOWNLOAD_IMAGE, Secrets.fresh(), "default", IMAGE)))
                    .limit(1000)
                    .toList();
            soon(Future.all(guesses)).<Answer<TokenIsRedeemed>>list().forEach(answer -> no(answer));
        }

        assertThat(run.ended).isEmpty();
        yes(redeem(Purpose.DOWNLOAD_IMAGE, secret));
    }

    /** rest-api 205: the operations table asks for this when a client cancels. */
    @Test
    void a_void_token_is_worthless_now_and_after_a_restart() {
        TokenIsGranted granted = grant(certificateToken(0));

        run.ask(TrustContract.VOID_TOKEN, new VoidToken(granted.operation().id()));
        run.ask(TrustContract.VOID_TOKEN, new VoidToken("unknown"));

        assertThat(no(redeem(Purpose.ADD_CERTIFICATE, granted.secret()))).isEqualTo(NO_MATCH);
        restart();
        assertThat(no(redeem(Purpose.ADD_CERTIFICATE, granted.secret()))).isEqualTo(NO_MATCH);
        assertThat(run.shown).isEmpty();
    }

    @Test
    void a_waiting_token_waits_on_after_a_restart() {
        TokenIsGranted granted = grant(certificateToken(3600));
        Start before = run.shown.get(granted.operation().id());
        restart();

        assertThat(run.shown).containsOnlyKeys(granted.operation().id());
        assertThat(run.shown.get(granted.operation().id())).isEqualTo(before);
        assertThat(yes(redeem(Purpose.ADD_CERTIFICATE, granted.secret())).metadata()).isEqualTo(REQUEST);
    }

    @Test
    void a_used_token_stays_used_after_a_restart() {
        String once = grant(certificateToken(0)).secret();
        String secret = grant(imageToken(Purpose.DOWNLOAD_IMAGE)).secret();
        yes(redeem(Purpose.ADD_CERTIFICATE, once));
        yes(redeem(Purpose.DOWNLOAD_IMAGE, secret));
        restart();

        assertThat(run.shown).isEmpty();
        assertThat(no(redeem(Purpose.ADD_CERTIFICATE, once))).isEqualTo(NO_MATCH);
        yes(redeem(Purpose.DOWNLOAD_IMAGE, secret));
        clock.advance(Duration.ofSeconds(5));
        assertThat(no(redeem(Purpose.DOWNLOAD_IMAGE, secret))).isEqualTo(NOT_AUTHORIZED);
    }

    /** rest-api 162. */
    @Test
    void a_deleted_image_takes_its_secrets_with_it() throws Exception {
        TokenIsGranted doomed = grant(imageToken(Purpose.DOWNLOAD_IMAGE));
        TokenIsGranted upload = grant(imageToken(Purpose.UPLOAD_IMAGE));
        TokenIsGranted other = grant(new GrantToken(Purpose.DOWNLOAD_IMAGE, "default", OTHER, 0, null, ALICE));

        run.bus.announce(CatalogContract.REMOVED, new Removed("default", IMAGE));

        within10s(() -> run.ended.containsKey(doomed.operation().id()));
        assertThat(no(redeem(Purpose.DOWNLOAD_IMAGE, doomed.secret()))).isEqualTo(NOT_AUTHORIZED);
        yes(redeem(Purpose.UPLOAD_IMAGE, upload.secret()));
        yes(redeem(Purpose.DOWNLOAD_IMAGE, other.secret()));
    }

    @Test
    void an_image_that_another_project_deletes_keeps_its_secrets_here() {
        createProject("ours", "true");
        String secret = grant(imageToken(Purpose.DOWNLOAD_IMAGE)).secret();

        run.bus.announce(CatalogContract.REMOVED, new Removed("ours", IMAGE));

        yes(redeem(Purpose.DOWNLOAD_IMAGE, secret));
    }

    @Test
    void a_deleted_project_takes_its_tokens_with_it() {
        createProject("ours", "true");
        TokenIsGranted granted = grant(new GrantToken(Purpose.UPLOAD_IMAGE, "ours", IMAGE, 0, null, ALICE));

        yes(run.ask(TrustContract.DELETE_PROJECT, new DeleteProject("ours", ALICE)));

        assertThat(run.ended).containsKey(granted.operation().id());
        assertThat(no(redeem(Purpose.UPLOAD_IMAGE, granted.secret()))).isEqualTo(NOT_AUTHORIZED);
    }

    @Test
    void a_token_for_an_unknown_project_is_refused() {
        GrantToken ask = new GrantToken(Purpose.UPLOAD_IMAGE, "nowhere", IMAGE, 0, null, ALICE);

        assertThat(no(run.ask(TrustContract.GRANT_TOKEN, ask))).isEqualTo(Refused.notFound("Project not found"));
        assertThat(run.shown).isEmpty();
    }

    @Test
    void more_tokens_than_allowed_are_refused_until_some_are_gone() throws Exception {
        TrustConf two = new TrustConf(Duration.ofSeconds(5), Duration.ZERO, Duration.ofMillis(20), 2);
        run.close();
        run = new TrustRun(folder, clock, two);
        grant(certificateToken(0));
        String used = grant(certificateToken(0)).secret();

        assertThat(no(run.ask(TrustContract.GRANT_TOKEN, certificateToken(0))).reason()).isEqualTo(Refused.Reason.FULL);

        yes(redeem(Purpose.ADD_CERTIFICATE, used));
        within10s(() -> run.ask(TrustContract.GRANT_TOKEN, certificateToken(0)) instanceof Answer.Yes);
    }

    @Test
    void secrets_that_nobody_used_stop_neither_new_ones_nor_other_tokens() {
        run.close();
        run = new TrustRun(folder, clock, new TrustConf(Duration.ofSeconds(5), Duration.ZERO, Duration.ofDays(1), 2));
        List<TokenIsGranted> secrets = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            secrets.add(grant(imageToken(Purpose.DOWNLOAD_IMAGE)));
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(run.ended).containsOnlyKeys(secrets.get(0).operation().id());
        assertThat(no(redeem(Purpose.DOWNLOAD_IMAGE, secrets.get(0).secret()))).isEqualTo(NOT_AUTHORIZED);
        yes(redeem(Purpose.DOWNLOAD_IMAGE, secrets.get(1).secret()));
        yes(redeem(Purpose.DOWNLOAD_IMAGE, secrets.get(2).secret()));
        grant(certificateToken(0));
        grant(imageToken(Purpose.UPLOAD_IMAGE));
    }

    @Test
    void secrets_in_use_are_not_dropped_for_new_ones() {
        run.close();
        run = new TrustRun(folder, clock, new TrustConf(Duration.ofSeconds(5), Duration.ZERO, Duration.ofDays(1), 1));
        String used = grant(imageToken(Purpose.DOWNLOAD_IMAGE)).secret();
        yes(redeem(Purpose.DOWNLOAD_IMAGE, used));

        Answer<TokenIsGranted> another = run.ask(TrustContract.GRANT_TOKEN, imageToken(Purpose.DOWNLOAD_IMAGE));

        assertThat(no(another).reason()).isEqualTo(Refused.Reason.FULL);
        yes(redeem(Purpose.DOWNLOAD_IMAGE, used));
    }

    private void restart() {
        run.close();
        run = new TrustRun(folder, clock, TrustRun.conf());
    }

    private TokenIsGranted grant(GrantToken ask) {
        return yes(run.ask(TrustContract.GRANT_TOKEN, ask));
    }

    private Answer<TokenIsRedeemed> redeem(Purpose purpose, String secret) {
        return run.ask(TrustContract.REDEEM_TOKEN, new RedeemToken(purpose, secret, null, null));
    }

    private Answer<TokenIsRedeemed> download(String secret, String project, Fingerprint image) {
        return run.ask(TrustContract.REDEEM_TOKEN, new RedeemToken(Purpose.DOWNLOAD_IMAGE, secret, project, image));
    }

    private void createProject(String name, String images) {
        Project project = new Project(name, "", Map.of("features.images", images));
        yes(run.ask(TrustContract.PUT_PROJECT, new PutProject(project, true, ALICE)));
    }

    private static GrantToken certificateToken(long lifetimeSeconds) {
        return new GrantToken(Purpose.ADD_CERTIFICATE, null, null, lifetimeSeconds, REQUEST, ALICE);
    }

    private static GrantToken imageToken(Purpose purpose) {
        return new GrantToken(purpose, "default", IMAGE, 0, null, ALICE);
    }

    /** For what the service does in its own time; looked at again and again, and bounded. */
    private static void within10s(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
