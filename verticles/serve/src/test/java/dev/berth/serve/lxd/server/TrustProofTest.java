package dev.berth.serve.lxd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class TrustProofTest {
    private static final String SECRET = "0123456789abcdef".repeat(4);

    @Test
    void a_token_that_a_client_built_holds_its_secret() {
        TrustProof proof = new TrustProof(base64("{\"client_name\":\"foo\",\"secret\":\"" + SECRET + "\",\"addresses\":[]}"));

        assertThat(proof.isToken()).isTrue();
        assertThat(proof.secret()).contains(SECRET);
    }

    @Test
    void a_bare_secret_may_be_one_but_may_also_be_a_password() {
        TrustProof proof = new TrustProof(SECRET);

        assertThat(proof.isToken()).isFalse();
        assertThat(proof.secret()).contains(SECRET);
    }

    @Test
    void a_password_is_no_token_even_when_it_is_good_base64() {
        assertThat(new TrustProof("sesame").secret()).isEmpty();
        assertThat(new TrustProof("").secret()).isEmpty();
        assertThat(new TrustProof(base64("[1]")).secret()).isEmpty();
        assertThat(new TrustProof(base64("{\"secret\":\"\"}")).secret()).isEmpty();
    }

    @Test
    void never_shows_itself_in_a_log() {
        assertThat(new TrustProof(SECRET).toString()).doesNotContain(SECRET);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
