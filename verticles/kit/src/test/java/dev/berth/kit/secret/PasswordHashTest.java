package dev.berth.kit.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PasswordHashTest {
    @Test
    void only_the_password_itself_fits_its_hash() {
        String hash = PasswordHash.of("sesame");

        assertThat(PasswordHash.fits("sesame", hash)).isTrue();
        assertThat(PasswordHash.fits("Sesame", hash)).isFalse();
        assertThat(PasswordHash.fits("", hash)).isFalse();
    }

    @Test
    void the_same_password_never_looks_the_same_and_never_shows() {
        assertThat(PasswordHash.of("sesame")).isNotEqualTo(PasswordHash.of("sesame")).doesNotContain("sesame");
    }

    @Test
    void no_hash_means_that_no_password_fits() {
        assertThat(PasswordHash.fits("", "")).isFalse();
    }

    @Test
    void something_else_than_a_hash_is_an_error_and_not_a_match() {
        assertThatThrownBy(() -> PasswordHash.fits("sesame", "sesame")).isInstanceOf(IllegalArgumentException.class);
    }
}
