package dev.berth.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrustConfTest {
    private static final Duration FIVE = Duration.ofSeconds(5);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration TEN = Duration.ofSeconds(10);

    @Test
    void the_defaults_give_five_seconds_of_grace() {
        assertThat(TrustConf.defaults()).isEqualTo(new TrustConf(FIVE, DAY, TEN, 10_000));
    }

    @Test
    void every_bad_value_is_refused_by_its_key() {
        assertThatThrownBy(() -> new TrustConf(Duration.ofSeconds(4), DAY, TEN, 1))
                .hasMessage("trust.secret-grace: expected 5 to 30 seconds, got PT4S");
        assertThatThrownBy(() -> new TrustConf(Duration.ofSeconds(31), DAY, TEN, 1))
                .hasMessage("trust.secret-grace: expected 5 to 30 seconds, got PT31S");
        assertThatThrownBy(() -> new TrustConf(FIVE, DAY.negated(), TEN, 1)).hasMessageStartingWith("trust.expired-kept: ");
        assertThatThrownBy(() -> new TrustConf(FIVE, DAY, Duration.ZERO, 1)).hasMessageStartingWith("trust.sweep-every: ");
        assertThatThrownBy(() -> new TrustConf(FIVE, DAY, TEN, 0)).hasMessageStartingWith("trust.tokens: ");
    }
}
