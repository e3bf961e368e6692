package dev.berth.serve.lxd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenLifeTest {
    private static final Instant FEBRUARY = Instant.parse("2027-02-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"1S,1", "3H,10800", "2d,172800", "1w,604800", "1m,2419200", "1d 6H,108000", "5M,300", "1y,31536000"})
    void adds_up_its_parts(String text, long seconds) {
        assertThat(TokenLife.seconds(text, FEBRUARY)).isEqualTo(seconds);
    }

    @Test
    void nothing_means_forever() {
        assertThat(TokenLife.seconds("", FEBRUARY)).isEqualTo(TokenLife.FOREVER);
        assertThat(TokenLife.seconds(null, FEBRUARY)).isEqualTo(TokenLife.FOREVER);
    }

    @Test
    void a_life_of_nothing_ends_at_once_and_not_never() {
        assertThat(TokenLife.seconds("0S", FEBRUARY)).isNotEqualTo(TokenLife.FOREVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "3", "H", "-1d", "3h", "1d,2H", "99999999d"})
    void says_what_a_life_looks_like_when_it_gets_something_else(String text) {
        assertThatThrownBy(() -> TokenLife.seconds(text, FEBRUARY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3H")
                .hasMessageContaining(text);
    }
}
