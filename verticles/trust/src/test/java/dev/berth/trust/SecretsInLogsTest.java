package dev.berth.trust;

import static dev.berth.testkit.Expect.soon;
import static dev.berth.testkit.Expect.yes;
import static dev.berth.trust.TrustRun.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.berth.contract.Answer;
import dev.berth.contract.PathPrefix;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.AccessIsAdded;
import dev.berth.contract.TrustContract.AddAccess;
import dev.berth.contract.TrustContract.GrantToken;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.contract.TrustContract.RecogniseAccess;
import dev.berth.contract.TrustContract.RedeemToken;
import dev.berth.contract.TrustContract.RemoveAccess;
import dev.berth.contract.TrustContract.TokenIsGranted;
import dev.berth.image.Fingerprint;
import dev.berth.testkit.FakeClock;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** reliability S34: whatever happens to a secret, no log at any level tells it. */
class SecretsInLogsTest {
    private static final Fingerprint IMAGE = new Fingerprint("ab".repeat(32));
    private static final String WRONG = "0badc0de".repeat(8);

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock();
    private final Lines lines = new Lines();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.berth");
    private Level before;

    @BeforeEach
    void listen() {
        before = root.getLevel();
        root.setLevel(Level.TRACE);
        ours.setLevel(Level.TRACE);
        lines.start();
        root.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(lines);
        root.setLevel(before);
    }

    @Test
    void a_secret_is_granted_used_reused_mistyped_and_restarted_without_a_trace() {
        String secret;
        try (TrustRun run = new TrustRun(folder, clock, TrustRun.conf())) {
            secret = grant(run).secret();
            redeem(run, secret);
            redeem(run, secret);
            redeem(run, WRONG);
            clock.advance(Duration.ofSeconds(6));
            redeem(run, secret);
        }
        try (TrustRun run = new TrustRun(folder, clock, TrustRun.conf())) {
            redeem(run, secret);
        }
        assertThat(lines.all).anySatisfy(line -> assertThat(line).contains("granted Token["));
        assertThat(lines.all).noneSatisfy(line -> assertThat(line).containsAnyOf(secret, WRONG));
    }

    @Test
    void a_database_that_breaks_under_a_secret_does_not_tell_it() {
        try (TrustRun run = new TrustRun(folder, clock, TrustRun.conf())) {
            String secret = grant(run).secret();
            hideTokens(run);

            assertThatThrownBy(() -> redeem(run, secret)).hasMessageNotContaining(secret);
            assertThatThrownBy(() -> grant(run)).hasMessageContaining("token");

            assertThat(lines.all).anySatisfy(line -> assertThat(line).contains("no such table"));
            assertThat(lines.all).noneSatisfy(line -> assertThat(line).contains(secret));
        }
    }

    @Test
    void the_messages_themselves_leave_the_secret_out_of_their_text() {
        try (TrustRun run = new TrustRun(folder, clock, TrustRun.conf())) {
            TokenIsGranted granted = grant(run);

            assertThat(granted.toString()).doesNotContain(granted.secret());
            assertThat(new RedeemToken(Purpose.DOWNLOAD_IMAGE, granted.secret(), "default", IMAGE).toString())
                    .doesNotContain(granted.secret());
        }
    }

    @Test
    void a_token_for_reading_is_made_used_mistyped_and_removed_without_a_trace() {
        String token;
        try (TrustRun run = new TrustRun(folder, clock, TrustRun.conf())) {
            AddAccess add = new AddAccess("guest", List.of(new PathPrefix("/streams")), 60, ALICE);
            AccessIsAdded added = yes(run.ask(TrustContract.ADD_ACCESS, add));
            token = added.token();
            run.ask(TrustContract.RECOGNISE_ACCESS, new RecogniseAccess(token));
            run.ask(TrustContract.RECOGNISE_ACCESS, new RecogniseAccess(WRONG));
            clock.advance(Duration.ofSeconds(60));
            run.ask(TrustContract.RECOGNISE_ACCESS, new RecogniseAccess(token));
            run.ask(TrustContract.REMOVE_ACCESS, new RemoveAccess("guest", ALICE));

            assertThat(added.toString()).doesNotContain(token);
            assertThat(new RecogniseAccess(token).toString()).doesNotContain(token);
        }
        assertThat(lines.all).anySatisfy(line -> assertThat(line).contains("access token \"guest\" for [/streams] added"));
        assertThat(lines.all).noneSatisfy(line -> assertThat(line).containsAnyOf(token, WRONG));
    }

    private static void hideTokens(TrustRun run) {
        soon(run.sql.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("ALTER TABLE token RENAME TO hidden");
            }
        }));
    }

    private static TokenIsGranted grant(TrustRun run) {
        return yes(run.ask(
                TrustContract.GRANT_TOKEN, new GrantToken(Purpose.DOWNLOAD_IMAGE, "default", IMAGE, 0, null, ALICE)));
    }

    private static Answer<?> redeem(TrustRun run, String secret) {
        return run.ask(TrustContract.REDEEM_TOKEN, new RedeemToken(Purpose.DOWNLOAD_IMAGE, secret, "default", IMAGE));
    }

    /** Everything that is logged, with the traces of what was thrown. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final Queue<String> all = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            IThrowableProxy thrown = event.getThrowableProxy();
            all.add(event.getFormattedMessage() + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
        }
    }
}
