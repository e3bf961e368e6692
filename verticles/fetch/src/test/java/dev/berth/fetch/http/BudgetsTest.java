package dev.berth.fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.fetch.guard.Location;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetsTest {
    private static final int SECOND_OF_BYTES = 1_000;

    private final Budgets budgets = new Budgets(
            Map.of("https://a.example", 1_000L, "https://a.example/deep", 10_000L, "https://b.example:8443/x", 0L), () -> 0);

    @Test
    void everything_below_a_base_shares_its_pace_and_the_longest_base_counts() {
        assertThat(pause("https://a.example/one")).isEqualTo(1_000);
        assertThat(pause("https://a.example/two")).isEqualTo(2_000);
        assertThat(pause("https://a.example/deep/file")).isEqualTo(100);
    }

    @Test
    void what_is_below_no_base_or_below_one_without_a_limit_is_as_fast_as_it_goes() {
        assertThat(pause("https://other.example/one")).isZero();
        assertThat(pause("https://b.example:8443/x/one")).isZero();
        assertThat(pause("https://b.example:8443/xy")).isZero();
        assertThat(pause("https://a.example:444/one")).isZero();
    }

    private long pause(String url) {
        return budgets.of(Location.parse(url)).pause(SECOND_OF_BYTES);
    }
}
