package dev.berth.serve.lxd.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("rest-api 156")
class RecentAliasesTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private Instant now = NOON;
    private final RecentAliases recent = new RecentAliases(new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void one_identical_post_is_forgiven_and_the_second_is_not() {
        recent.remember("default", "x", "abc123");

        assertThat(recent.forgive("default", "x", "abc123")).isTrue();
        assertThat(recent.forgive("default", "x", "abc123")).isFalse();
    }

    @Test
    void another_target_or_project_is_not_forgiven() {
        recent.remember("default", "x", "abc123");

        assertThat(recent.forgive("other", "x", "abc123")).isFalse();
        assertThat(recent.forgive("default", "x", "ffff")).isFalse();
    }

    @Test
    void nothing_is_forgiven_after_five_minutes() {
        recent.remember("default", "x", "abc123");
        now = NOON.plus(Duration.ofMinutes(5));

        assertThat(recent.forgive("default", "x", "abc123")).isFalse();
    }

    @Test
    void only_so_many_are_remembered() {
        for (int i = 0; i <= 1024; i++) {
            recent.remember("default", "alias" + i, "abc");
        }

        assertThat(recent.forgive("default", "alias0", "abc")).isFalse();
        assertThat(recent.forgive("default", "alias1", "abc")).isTrue();
    }
}
