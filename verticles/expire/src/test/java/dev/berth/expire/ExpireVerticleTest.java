package dev.berth.expire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.ExpireContract.Verdict;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.image.Image;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExpireVerticleTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    /** Sweeps only when asked; the second look comes 50 ms after the first. */
    private static final ExpireConf CONF =
            new ExpireConf(HOUR, HOUR, HOUR, Duration.ofMillis(50), HOUR, 100, 0, 0);
    private static final Image OLD = Samples.cached(1, DAY.multipliedBy(11));
    private static final Image YOUNG = Samples.cached(2, DAY.multipliedBy(5));
    private static final Image EXPLICIT = Samples.image("default", 3, false, 1, OLD.uploadedAt(), OLD.uploadedAt());

    @Test
    @DisplayName("rest-api 182, 186: the old cached image goes, with its reason told everywhere")
    void an_old_image_goes_and_everybody_hears_why() throws Exception {
        try (RunningExpiry expiry = new RunningExpiry(CONF, OLD, YOUNG, EXPLICIT)) {
            expiry.pass(Duration.ofMinutes(1));

            assertThat(expiry.sweep()).singleElement().satisfies(verdict -> {
                assertThat(verdict.fingerprint()).isEqualTo(OLD.fingerprint());
                assertThat(verdict.rule()).isEqualTo("unused for 10 days (images.remote_cache_expiry)");
            });
            assertThat(expiry.images).containsExactly(YOUNG, EXPLICIT);
            assertThat(expiry.asked.get(0).requestor()).isEqualTo(Requestor.BERTH);
            assertThat(expiry.asked.get(0).unlessUsedSince()).isEqualTo(OLD.idleSince());
            assertThat(expiry.removedFor("age")).isEqualTo(1);
            assertThat(expiry.expired.poll(5, TimeUnit.SECONDS)).extracting(Verdict::fingerprint)
                    .isEqualTo(OLD.fingerprint());
        }
    }

    @Test
    @DisplayName("rest-api 182: a stricter rule counts at once, not with the next sweep")
    void a_stricter_rule_counts_at_once() throws Exception {
        try (RunningExpiry expiry = new RunningExpiry(CONF, YOUNG, EXPLICIT)) {
            expiry.settings.put("images.remote_cache_expiry", "1");
            expiry.tellChange();
            for (int i = 0; i < 100 && expiry.asked.isEmpty(); i++) {
                expiry.pass(Duration.ofMillis(50));
                Verdict gone = expiry.expired.poll(100, TimeUnit.MILLISECONDS);
                assertThat(gone == null || gone.fingerprint().equals(YOUNG.fingerprint())).isTrue();
            }

            assertThat(expiry.asked).singleElement()
                    .satisfies(call -> assertThat(call.fingerprint()).isEqualTo(YOUNG.fingerprint()));
            assertThat(expiry.images).containsExactly(EXPLICIT);
        }
    }

    @Test
    @DisplayName("reliability R50: a jump is told, and nothing goes")
    void a_clock_that_jumps_is_told_and_removes_nothing() throws Exception {
        try (RunningExpiry expiry = new RunningExpiry(CONF, YOUNG)) {
            expiry.clock.advance(DAY.multipliedBy(11));

            assertThat(expiry.sweep()).isEmpty();
            expiry.pass(Duration.ofMinutes(1));
            assertThat(expiry.sweep()).isEmpty();

            Event told = expiry.events.poll(5, TimeUnit.SECONDS);
            assertThat(told.json()).contains("\"action\":\"clock-jumped\"", "PT264H");
            assertThat(expiry.registry.get("berth.expire.clock.jumps").counter().count()).isEqualTo(1);
            assertThat(expiry.asked).isEmpty();
        }
    }

    @Test
    void an_image_used_at_the_last_moment_stays_and_is_not_reported() {
        try (RunningExpiry expiry = new RunningExpiry(CONF, OLD)) {
            expiry.refusal = new Refused(Refused.Reason.CHANGED, "used since");
            expiry.pass(Duration.ofMinutes(1));

            assertThat(expiry.sweep()).isEmpty();
            assertThat(expiry.asked).hasSize(1);
            assertThat(expiry.removedFor("age")).isZero();
            assertThat(expiry.expired).isEmpty();
        }
    }

    @Test
    void foreseeing_changes_nothing() {
        try (RunningExpiry expiry = new RunningExpiry(CONF, OLD, YOUNG, EXPLICIT)) {
            expiry.pass(Duration.ofMinutes(1));

            assertThat(expiry.foresee()).extracting(Verdict::fingerprint)
                    .containsExactly(OLD.fingerprint(), YOUNG.fingerprint());
            assertThat(expiry.asked).isEmpty();
            assertThat(expiry.registry.get("berth.expire.cached").gauge().value()).isEqualTo(2);
        }
    }
}
