package dev.berth.expire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpireConfTest {
    @Test
    void defaults_hold_together() {
        assertThat(ExpireConf.defaults().calm()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void what_does_not_fit_is_named_with_its_value() {
        Duration hour = Duration.ofHours(1);

        assertThatThrownBy(() -> new ExpireConf(Duration.ZERO, hour, hour, hour, hour, 1, 0, 0))
                .hasMessage("expire.sweep-every: expected at least 1 ms, got PT0S");
        assertThatThrownBy(() -> new ExpireConf(hour, hour, hour, hour, hour, 0, 0, 0))
                .hasMessage("expire.removals-per-round: expected at least 1, got 0");
        assertThatThrownBy(() -> new ExpireConf(hour, hour, hour, hour, hour, 1, 0, -1))
                .hasMessage("expire.cache-limit-bytes: expected at least 0, got -1");
    }
}
