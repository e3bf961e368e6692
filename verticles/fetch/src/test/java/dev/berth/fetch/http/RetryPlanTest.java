package dev.berth.fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Refused.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPlanTest {
    private static final FetchFailure PASSING = FetchFailure.passing("cut");
    private final RetryPlan plan = new RetryPlan(3, Duration.ofSeconds(60), () -> 1);

    @Test
    void pauses_grow_and_the_tries_end() {
        assertThat(plan.next(PASSING, 0)).isEqualTo(Duration.ofMillis(250));
        assertThat(plan.next(PASSING, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(plan.next(PASSING, 0)).isNull();
    }

    @Test
    void getting_further_gives_the_tries_back_but_not_for_ever() {
        int tries = 0;
        while (plan.next(PASSING, (tries + 1) * 1_000_000L) != null) {
            tries++;
        }

        assertThat(tries).isEqualTo(99);
    }

    @Test
    void a_few_bytes_are_not_further() {
        plan.next(PASSING, 1_000);
        plan.next(PASSING, 2_000);

        assertThat(plan.next(PASSING, 3_000)).isNull();
    }

    @Test
    void what_lasts_is_not_tried_again() {
        assertThat(plan.next(FetchFailure.lasting(Reason.NOT_FOUND, "gone"), 0)).isNull();
    }

    @Test
    void a_server_may_ask_for_some_patience_and_not_for_more() {
        assertThat(plan.next(FetchFailure.passing("busy", Duration.ofSeconds(60)), 0)).isEqualTo(Duration.ofMillis(60_250));
        assertThat(plan.next(FetchFailure.passing("busy", Duration.ofSeconds(61)), 0)).isNull();
    }
}
