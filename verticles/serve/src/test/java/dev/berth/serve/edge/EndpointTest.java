package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({"0.0.0.0:8443, 0.0.0.0, 8443", "[::1]:80, ::1, 80", "[::]:0, ::, 0", "images.example:443, images.example, 443"})
    void is_read_and_written_as_host_and_port(String text, String host, int port) {
        assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8443", ":8443", "host", "host:", "host:x", "host:70000", "host:-1"})
    void says_what_was_expected_otherwise(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
