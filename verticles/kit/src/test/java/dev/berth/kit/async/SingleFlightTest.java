package dev.berth.kit.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private final SingleFlight<String, String> flights = new SingleFlight<>();
    private final List<Promise<String>> started = new ArrayList<>();

    @Test
    void two_hundred_callers_at_once_are_one_piece_of_work() {
        List<Future<String>> callers =
                IntStream.range(0, 200).mapToObj(caller -> ask("a")).toList();

        started.get(0).complete("image");

        assertThat(started).hasSize(1);
        assertThat(callers).allMatch(caller -> "image".equals(caller.result()));
    }

    @Test
    void all_get_the_same_failure_and_the_next_one_starts_afresh() {
        Future<String> first = ask("a");
        Future<String> second = ask("a");
        IllegalStateException cause = new IllegalStateException("upstream is gone");

        started.get(0).fail(cause);
        Future<String> later = ask("a");
        started.get(1).complete("image");

        assertThat(List.of(first.cause(), second.cause())).containsOnly(cause);
        assertThat(later.result()).isEqualTo("image");
    }

    @Test
    void different_keys_never_share() {
        ask("a");
        ask("b");

        assertThat(started).hasSize(2);
    }

    @Test
    void a_forgotten_flight_still_lands_for_those_on_board() {
        Future<String> onBoard = ask("a");
        flights.forget("a");
        Future<String> later = ask("a");

        started.get(0).complete("old");

        assertThat(onBoard.result()).isEqualTo("old");
        assertThat(later.isComplete()).as("the old flight must not land for the new one").isFalse();
        assertThat(flights.size()).isEqualTo(1);
    }

    @Test
    void work_that_throws_fails_its_callers_and_blocks_nobody() {
        Future<String> thrown = flights.run("a", () -> {
            throw new IllegalStateException("no");
        });

        assertThat(thrown.cause()).hasMessage("no");
        assertThat(flights.size()).isZero();
    }

    private Future<String> ask(String key) {
        return flights.run(key, () -> {
            Promise<String> work = Promise.promise();
            started.add(work);
            return work.future();
        });
    }
}
