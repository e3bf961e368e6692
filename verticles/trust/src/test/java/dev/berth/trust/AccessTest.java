package dev.berth.trust;

import static dev.berth.testkit.Expect.no;
import static dev.berth.testkit.Expect.soon;
import static dev.berth.testkit.Expect.yes;
import static dev.berth.trust.TrustRun.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.PathPrefix;
import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Access;
import dev.berth.contract.TrustContract.AccessIsAdded;
import dev.berth.contract.TrustContract.AddAccess;
import dev.berth.contract.TrustContract.ListAccess;
import dev.berth.contract.TrustContract.RecogniseAccess;
import dev.berth.contract.TrustContract.RemoveAccess;
import dev.berth.testkit.FakeClock;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for reading over a real bus and a real database. */
class AccessTest {
    private static final List<PathPrefix> UBUNTU = List.of(new PathPrefix("/mirror/ubuntu"));

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

    @Test
    void a_token_opens_its_paths_and_is_known_after_a_restart() {
        AccessIsAdded added = yes(add("guest", UBUNTU, 0));
        assertThat(added.token()).matches("[0-9a-f]{64}");

        run.close();
        run = new TrustRun(folder, clock, TrustRun.conf());

        assertThat(yes(recognise(added.token()))).isEqualTo(added.access());
        assertThat(added.access()).isEqualTo(new Access("guest", UBUNTU, clock.instant(), null));
    }

    @Test
    void only_the_digest_is_on_disk() {
        String token = yes(add("guest", UBUNTU, 0)).token();

        String kept = soon(run.sql.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT digest FROM access")) {
                return row.getString(1);
            }
        }));

        assertThat(kept).isEqualTo(Secrets.digest(token)).isNotEqualTo(token);
    }

    @Test
    void a_removed_token_is_worthless_at_once_and_its_name_is_free() {
        String first = yes(add("guest", UBUNTU, 0)).token();
        yes(run.ask(TrustContract.REMOVE_ACCESS, new RemoveAccess("guest", ALICE)));

        assertThat(no(recognise(first))).isEqualTo(Refused.forbidden("the access token is not known here"));
        assertThat(no(run.ask(TrustContract.REMOVE_ACCESS, new RemoveAccess("guest", ALICE))))
                .isEqualTo(Refused.notFound("there is no access token \"guest\""));
        assertThat(yes(add("guest", UBUNTU, 0)).token()).isNotEqualTo(first);
    }

    @Test
    void an_expired_token_says_since_when() {
        String token = yes(add("guest", UBUNTU, 60)).token();
        clock.advance(Duration.ofSeconds(59));
        yes(recognise(token));

        clock.advance(Duration.ofSeconds(1));

        assertThat(no(recognise(token))).isEqualTo(Refused.forbidden("the access token expired at " + clock.instant()));
        assertThat(run.ask(TrustContract.LIST_ACCESS, new ListAccess()).accesses()).hasSize(1);
    }

    @Test
    void names_are_unique_and_there_is_a_most() {
        run.close();
        TrustConf two = new TrustConf(Duration.ofSeconds(5), Duration.ZERO, Duration.ofMillis(20), 2);
        run = new TrustRun(folder, clock, two);
        yes(add("one", UBUNTU, 0));

        assertThat(no(add("one", UBUNTU, 0)).reason()).isEqualTo(Reason.CONFLICT);
        yes(add("two", UBUNTU, 0));
        assertThat(no(add("three", UBUNTU, 0)).reason()).isEqualTo(Reason.FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a:b", "ä"})
    void odd_names_are_refused_because_they_go_into_addresses(String name) {
        assertThat(no(add(name, UBUNTU, 0)).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void a_token_for_nothing_or_for_no_time_is_refused() {
        assertThat(no(add("guest", List.of(), 0)).text()).contains("1 to 100 paths, got 0");
        assertThat(no(add("guest", UBUNTU, -1)).text()).contains("got -1 seconds");
    }

    @Test
    void the_list_shows_all_by_name_and_no_token() {
        List<AccessIsAdded> all = Stream.of("a", "b", "c").map(name -> yes(add(name, UBUNTU, 0))).toList();

        assertThat(run.ask(TrustContract.LIST_ACCESS, new ListAccess()).accesses())
                .isEqualTo(all.stream().map(AccessIsAdded::access).toList());
    }

    private Answer<AccessIsAdded> add(String name, List<PathPrefix> paths, long seconds) {
        return run.ask(TrustContract.ADD_ACCESS, new AddAccess(name, paths, seconds, ALICE));
    }

    private Answer<Access> recognise(String token) {
        return run.ask(TrustContract.RECOGNISE_ACCESS, new RecogniseAccess(token));
    }
}
