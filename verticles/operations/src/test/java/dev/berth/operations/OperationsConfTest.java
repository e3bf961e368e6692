package dev.berth.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OperationsConfTest {
    @Test
    void the_defaults_keep_ended_operations_for_two_minutes() {
        assertThat(OperationsConf.defaults())
                .isEqualTo(new OperationsConf(Duration.ofMinutes(2), 10_000, Duration.ofMillis(500), 10_000));
    }

    @Test
    void a_retention_that_polling_clients_cannot_live_with_is_refused_by_name() {
        assertThatThrownBy(() -> new OperationsConf(Duration.ofSeconds(5), 1, Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("operations.retention: expected at least 60 seconds, got PT5S");
    }

    @Test
    void every_other_bound_is_refused_by_name_too() {
        Duration minute = Duration.ofMinutes(1);
        assertThatThrownBy(() -> new OperationsConf(minute, 0, Duration.ZERO, 1)).hasMessageStartingWith("operations.ended-kept:");
        assertThatThrownBy(() -> new OperationsConf(minute, 1, Duration.ofMillis(-1), 1))
                .hasMessageStartingWith("operations.progress-every:");
        assertThatThrownBy(() -> new OperationsConf(minute, 1, Duration.ZERO, 0)).hasMessageStartingWith("operations.waits:");
    }
}
