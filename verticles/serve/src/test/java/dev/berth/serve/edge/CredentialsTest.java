package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    @ParameterizedTest
    @DisplayName("formats 105: the password of the URL's user-info is the token")
    @CsvSource({"guest:abc, abc", ":abc, abc", "guest:a:b, a:b", "abc, abc"})
    void basic_brings_the_password(String pair, String token) {
        assertThat(Credentials.token("Basic " + base64(pair))).contains(token);
        assertThat(Credentials.token("basic  " + base64(pair))).contains(token);
    }

    @Test
    void a_bearer_brings_itself() {
        assertThat(Credentials.token("Bearer abc")).contains("abc");
        assertThat(Credentials.token("bearer abc ")).contains("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic !!!", "Basic", "Digest abc", "abc"})
    void what_cannot_be_read_brings_none(String header) {
        assertThat(Credentials.token(header)).isEmpty();
        assertThat(Credentials.token("Basic " + base64("guest:"))).isEmpty();
        assertThat(Credentials.token(null)).isEmpty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
