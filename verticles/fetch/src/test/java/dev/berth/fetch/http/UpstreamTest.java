package dev.berth.fetch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Budgets, and what a server asked for (reliability R62). */
class UpstreamTest {
    private static final HttpLimits LIMITS = new HttpLimits(
            2, 1, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 3, Duration.ofMinutes(1));
    private long now;
    private final Upstream upstream = new Upstream("host:443", LIMITS, () -> now);

    @Test
    void too_many_at_once_are_told_which_setting_it_is() {
        upstream.within(() -> Promise.<Void>promise().future());
        upstream.within(() -> Promise.<Void>promise().future());
        upstream.within(() -> Promise.<Void>promise().future());

        assertThat(upstream.within(Future::succeededFuture).cause()).hasMessageContaining("fetch.waiting-per-upstream");
    }

    @Test
    void while_a_server_wants_quiet_nobody_asks_and_then_one_finds_out() {
        upstream.busy(Duration.ofSeconds(5));

        Future<Void> early = upstream.within(Future::succeededFuture);
        assertThat(early.cause()).isInstanceOfSatisfying(FetchFailure.class,
                failure -> assertThat(failure.patience()).isEqualTo(Duration.ofSeconds(5)));

        now = TimeUnit.SECONDS.toNanos(5);
        Promise<Void> probe = Promise.promise();
        Future<Void> first = upstream.within(probe::future);
        assertThat(upstream.within(Future::succeededFuture).failed()).isTrue();

        upstream.well();
        probe.complete();
        assertThat(first.succeeded()).isTrue();
        assertThat(upstream.within(Future::succeededFuture).succeeded()).isTrue();
    }

    @Test
    void a_rate_is_kept_over_all_readers_and_short_pauses_are_saved_up() {
        assertThat(upstream.pause(10)).isZero();
        assertThat(upstream.pause(490)).isEqualTo(500);

        now = TimeUnit.SECONDS.toNanos(10);
        assertThat(upstream.pause(1_000)).isEqualTo(1_000);
    }

    @Test
    void patience_is_read_as_seconds_or_as_a_date() {
        Clock noon = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

        assertThat(RetryAfter.of("120", noon)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.of("Mon, 23 Nov 2026 12:00:30 GMT", noon)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.of("Mon, 23 Nov 2026 11:00:00 GMT", noon)).isZero();
        assertThat(RetryAfter.of("soon", noon)).isZero();
        assertThat(RetryAfter.of("-5", noon)).isZero();
        assertThat(RetryAfter.of(null, noon)).isZero();
    }
}
