package dev.berth.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.contract.TrustContract.GrantToken;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.contract.TrustContract.RedeemToken;
import dev.berth.image.Fingerprint;
import dev.berth.trust.TokenRules.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** rest-api 2.3, 3.6 and 3.7, with the clock in hand. */
class TokenRulesTest {
    private static final Instant NOON = TestCertificate.NOON;
    private static final Fingerprint IMAGE = new Fingerprint("ab".repeat(32));

    private final TokenRules rules =
            new TokenRules(new TrustConf(Duration.ofSeconds(7), Duration.ofHours(1), Duration.ofSeconds(1), 10));

    @Test
    void no_two_secrets_are_alike_and_all_survive_being_escaped_twice() {
        Set<String> secrets = IntStream.range(0, 1000)
                .mapToObj(i -> grant(Purpose.DOWNLOAD_IMAGE, 0).secret())
                .collect(Collectors.toSet());

        assertThat(secrets).hasSize(1000).allMatch(secret -> secret.matches("[0-9a-f]{64}"));
    }

    @Test
    void a_certificate_token_has_no_grace() {
        Token used = grant(Purpose.ADD_CERTIFICATE, 0).used(NOON);

        assertThat(judge(used, NOON)).isEqualTo(Verdict.WORTHLESS);
        assertThat(rules.isForgettable(used, NOON)).isTrue();
    }

    @Test
    void an_image_secret_has_the_grace_that_was_configured() {
        Token used = grant(Purpose.UPLOAD_IMAGE, 0).used(NOON);

        assertThat(judge(used, NOON.plusMillis(6999))).isEqualTo(Verdict.WITHIN_GRACE);
        assertThat(rules.isForgettable(used, NOON.plusMillis(6999))).isFalse();
        assertThat(judge(used, NOON.plusMillis(7000))).isEqualTo(Verdict.WORTHLESS);
        assertThat(rules.isForgettable(used, NOON.plusMillis(7000))).isTrue();
    }

    @Test
    void a_token_is_good_until_the_moment_it_expires() {
        Token token = grant(Purpose.ADD_CERTIFICATE, 60);

        assertThat(judge(token, NOON.plusMillis(59_999))).isEqualTo(Verdict.FIRST_USE);
        assertThat(judge(token, NOON.plusSeconds(60))).isEqualTo(Verdict.EXPIRED);
        assertThat(rules.isForgettable(token, NOON.plusSeconds(60 + 3599))).isFalse();
        assertThat(rules.isForgettable(token, NOON.plusSeconds(60 + 3600))).isTrue();
    }

    @Test
    void an_image_secret_used_in_time_stays_good_through_its_expiry() {
        Token used = grant(Purpose.DOWNLOAD_IMAGE, 60).used(NOON.plusSeconds(59));

        assertThat(judge(used, NOON.plusSeconds(61))).isEqualTo(Verdict.WITHIN_GRACE);
    }

    @Test
    void a_lifetime_beyond_reason_does_not_overflow() {
        assertThat(grant(Purpose.ADD_CERTIFICATE, Long.MAX_VALUE).expiresAt()).isAfter(NOON);
        assertThat(grant(Purpose.ADD_CERTIFICATE, -1).expiresAt()).isNull();
    }

    @Test
    void only_certificate_tokens_say_why_they_are_no_good() {
        assertThat(TokenRules.refusal(Purpose.ADD_CERTIFICATE, Verdict.EXPIRED))
                .isEqualTo(Refused.forbidden("Token has expired"));
        assertThat(TokenRules.refusal(Purpose.ADD_CERTIFICATE, Verdict.WORTHLESS))
                .isEqualTo(Refused.forbidden("No matching certificate add operation found"));
        for (Purpose purpose : List.of(Purpose.DOWNLOAD_IMAGE, Purpose.UPLOAD_IMAGE)) {
            assertThat(TokenRules.refusal(purpose, Verdict.EXPIRED)).isEqualTo(Refused.forbidden("not authorized"));
            assertThat(TokenRules.refusal(purpose, Verdict.WORTHLESS)).isEqualTo(Refused.forbidden("not authorized"));
        }
    }

    private Token grant(Purpose purpose, long lifetimeSeconds) {
        return rules.grant(
                new GrantToken(purpose, "default", IMAGE, lifetimeSeconds, Map.of(), Requestor.BERTH), "id", NOON);
    }

    private Verdict judge(Token token, Instant when) {
        RedeemToken use = new RedeemToken(token.purpose(), token.secret(), "default", IMAGE);
        return rules.judge(token, use, UnaryOperator.identity(), when);
    }
}
