package dev.berth.expire;

import static dev.berth.expire.Samples.NOON;
import static dev.berth.expire.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.Image;
import dev.berth.lxd.ImageSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryPolicyTest {
    private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(100));

    @ParameterizedTest(name = "{0} days allowed, idle {1} hours: {2}")
    @CsvSource({
        "10, 239, Wait", "10, 240, Expire", "10, 2400, Expire", "1, 23, Wait", "1, 24, Expire", "1, 0, Wait",
        "0, 240000, Keep", "-3, 240000, Keep", "36500, 240000, Wait"
    })
    @DisplayName("rest-api 182, 184: idle for so many days, or never")
    void age_decides(int days, int idleHours, String fate) {
        Image image = Samples.cached(1, Duration.ofHours(idleHours));

        assertThat(ExpiryPolicy.judge(image, false, NOON, days(days)).getClass().getSimpleName()).isEqualTo(fate);
    }

    @Test
    void an_image_that_was_never_used_counts_from_its_arrival() {
        Image image = Samples.image("default", 1, true, 1, NOON.minus(Duration.ofDays(4)), Image.NEVER_USED);

        assertThat(ExpiryPolicy.judge(image, false, NOON, days(5)))
                .isEqualTo(new Fate.Wait(NOON.plus(Duration.ofDays(1)), "unused for 5 days (images.remote_cache_expiry)"));
    }

    @Test
    void a_use_counts_more_than_the_arrival() {
        Image image = Samples.image("default", 1, true, 1, LONG_AGO, NOON);

        assertThat(ExpiryPolicy.judge(image, false, NOON, days(1))).isInstanceOf(Fate.Wait.class);
    }

    @Test
    @DisplayName("rest-api 182: explicit images never go")
    void an_image_that_is_not_cached_stays() {
        Image image = Samples.image("default", 1, false, 1, LONG_AGO, LONG_AGO);

        assertThat(ExpiryPolicy.judge(image, false, NOON, days(1))).isEqualTo(new Fate.Keep("not cached"));
    }

    @Test
    void an_image_whose_bytes_somebody_holds_stays() {
        assertThat(ExpiryPolicy.judge(Samples.cached(1, Duration.ofDays(99)), true, NOON, days(1)))
                .isEqualTo(new Fate.Keep("in use"));
    }

    @Test
    @DisplayName("rest-api 183: the project's own rule wins, in both directions")
    void a_project_has_its_own_rule() {
        Image theirs = Samples.image("p1", 1, true, 1, LONG_AGO, NOON.minus(Duration.ofDays(3)));
        ImageSettings strict = Samples.settings(Map.of(), Map.of(ImageSettings.CACHE_DAYS, "2"));
        ImageSettings generous = Samples.settings(
                Map.of(ImageSettings.CACHE_DAYS, "1"), Map.of(ImageSettings.CACHE_DAYS, "0"));

        assertThat(ExpiryPolicy.judge(theirs, false, NOON, strict).rule())
                .isEqualTo("unused for 2 days (images.remote_cache_expiry of project p1)");
        assertThat(ExpiryPolicy.judge(theirs, false, NOON, strict)).isInstanceOf(Fate.Expire.class);
        assertThat(ExpiryPolicy.judge(theirs, false, NOON, generous)).isInstanceOf(Fate.Keep.class);
    }

    @Test
    @DisplayName("rest-api 185: expires_at plays no part")
    void its_own_end_of_life_plays_no_part() {
        Image fresh = Samples.cached(1, Duration.ofDays(1));
        Image ended = new Image(
                fresh.project(), fresh.fingerprint(), fresh.type(), fresh.architecture(), true, false, true, "",
                Map.of(), fresh.aliases(), fresh.profiles(), fresh.files(), fresh.createdAt(), fresh.uploadedAt(),
                fresh.lastUsedAt(), LONG_AGO, null);

        assertThat(ExpiryPolicy.judge(ended, false, NOON, days(10)))
                .isEqualTo(ExpiryPolicy.judge(fresh, false, NOON, days(10)));
    }

    @Test
    @DisplayName("reliability R53: dates at the edges of time are no trouble")
    void dates_at_the_edges_of_time_are_no_trouble() {
        Instant far = Instant.parse("9999-12-31T23:59:59Z");
        Image future = Samples.image("default", 1, true, 1, far, far);
        Image past = Samples.image("default", 1, true, 1, Instant.EPOCH, Image.NEVER_USED);

        assertThat(ExpiryPolicy.judge(future, false, NOON, days(Integer.MAX_VALUE))).isInstanceOf(Fate.Wait.class);
        assertThat(ExpiryPolicy.judge(past, false, NOON, days(10))).isInstanceOf(Fate.Expire.class);
    }
}
