package dev.berth.refresh;

import static dev.berth.refresh.Samples.NOON;
import static dev.berth.refresh.Samples.following;
import static dev.berth.refresh.Samples.hours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.Image;
import dev.berth.lxd.ImageSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RefreshPlanTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Image IMAGE = following(1);
    private static final List<Image> ONE = List.of(IMAGE);

    private final RefreshPlan plan = new RefreshPlan(exactly());

    @Test
    void an_image_is_due_one_interval_after_its_last_comparison() {
        plan.remember(List.of(look(IMAGE, NOON)));
        plan.observe(ONE, NOON);

        assertThat(plan.next(IMAGE, hours(6))).contains(NOON.plus(HOUR.multipliedBy(6)));
        assertThat(plan.due(ONE, hours(6), NOON.plus(HOUR.multipliedBy(6)).minusMillis(1))).isEmpty();
        assertThat(plan.due(ONE, hours(6), NOON.plus(HOUR.multipliedBy(6)))).isEqualTo(ONE);
    }

    @Test
    void an_image_that_just_came_is_current_and_waits_for_its_turn() {
        plan.observe(List.of(), NOON);
        plan.observe(ONE, NOON.plus(HOUR));

        assertThat(plan.next(IMAGE, hours(6))).contains(NOON.plus(HOUR.multipliedBy(6)));
    }

    @Test
    void a_new_interval_counts_at_once() {
        plan.remember(List.of(look(IMAGE, NOON)));
        plan.observe(ONE, NOON);

        assertThat(plan.due(ONE, hours(6), NOON.plus(HOUR))).isEmpty();
        assertThat(plan.due(ONE, hours(1), NOON.plus(HOUR))).isEqualTo(ONE);
    }

    @Test
    @DisplayName("rest-api 181: a start compares what was not compared just before")
    void a_start_compares_what_was_not_compared_just_before() {
        Image fresh = following(2);
        Image never = following(3);
        plan.remember(List.of(look(IMAGE, NOON.minus(Duration.ofMinutes(11))), look(fresh, NOON.minus(Duration.ofMinutes(9)))));
        List<Image> all = List.of(IMAGE, fresh, never);

        plan.observe(all, NOON);

        assertThat(plan.due(all, hours(6), NOON)).containsExactly(IMAGE, never);
        plan.note(look(IMAGE, NOON));
        plan.note(look(never, NOON));
        assertThat(plan.due(all, hours(6), NOON)).isEmpty();
    }

    @Test
    void switched_off_means_never_even_at_a_start() {
        Image pinned = Samples.image("default", 4, false, IMAGE.source(), NOON);
        Image sourceless = Samples.image("default", 5, true, null, NOON);
        List<Image> all = List.of(IMAGE, pinned, sourceless);
        plan.observe(all, NOON);

        assertThat(plan.due(all, hours(0), NOON.plus(HOUR.multipliedBy(99)))).isEmpty();
        assertThat(plan.due(all, hours(6), NOON.plus(HOUR.multipliedBy(99)))).containsExactly(IMAGE);
        assertThat(plan.next(pinned, hours(6))).isEmpty();
    }

    @Test
    @DisplayName("rest-api 6.1: a project has its own interval")
    void a_project_has_its_own_interval() {
        Image theirs = Samples.image("p1", 1, true, IMAGE.source(), NOON);
        List<Image> both = List.of(IMAGE, theirs);
        ImageSettings settings = new ImageSettings(
                Map.of(ImageSettings.UPDATE_HOURS, "6"), Map.of("p1", Map.of(ImageSettings.UPDATE_HOURS, "0")));
        plan.observe(both, NOON);

        assertThat(plan.due(both, settings, NOON.plus(HOUR.multipliedBy(6)))).containsExactly(IMAGE);
    }

    @Test
    @DisplayName("peers b.8: a comparison in one project is none in another")
    void the_same_fingerprint_in_another_project_has_its_own_rhythm() {
        Image theirs = Samples.image("p1", 1, true, IMAGE.source(), NOON);
        List<Image> both = List.of(IMAGE, theirs);
        plan.observe(both, NOON);

        plan.note(look(IMAGE, NOON));

        assertThat(plan.due(both, hours(6), NOON)).containsExactly(theirs);
    }

    @Test
    void jitter_spreads_images_and_stays_within_its_bound() {
        RefreshPlan jittered = new RefreshPlan(RefreshConf.defaults());
        List<Image> many = IntStream.range(0, 200).mapToObj(Samples::following).toList();
        jittered.remember(many.stream().map(image -> look(image, NOON)).toList());
        jittered.observe(many, NOON);

        Set<Instant> times = many.stream().map(image -> jittered.next(image, hours(10)).orElseThrow()).collect(Collectors.toSet());

        assertThat(times).hasSizeGreaterThan(100).allSatisfy(time ->
                assertThat(time).isBetween(NOON.plus(HOUR.multipliedBy(9)), NOON.plus(HOUR.multipliedBy(11))));
        assertThat(times).anyMatch(time -> time.isBefore(NOON.plus(Duration.ofMinutes(570))));
        assertThat(times).anyMatch(time -> time.isAfter(NOON.plus(Duration.ofMinutes(630))));
        assertThat(jittered.next(many.get(0), hours(10))).isEqualTo(jittered.next(many.get(0), hours(10)));
    }

    @Test
    @DisplayName("reliability R51: a clock set back by 400 days fires within one interval of the new time")
    void a_clock_set_back_stops_no_schedule() {
        plan.remember(List.of(look(IMAGE, NOON)));
        plan.observe(ONE, NOON);
        Instant back = NOON.minus(Duration.ofDays(400));

        plan.observe(ONE, back);

        assertThat(plan.next(IMAGE, hours(6))).contains(back.plus(HOUR.multipliedBy(6)));
        plan.observe(ONE, back.plus(HOUR));
        assertThat(plan.next(IMAGE, hours(6))).as("once, not again and again").contains(back.plus(HOUR.multipliedBy(6)));
    }

    @Test
    void what_is_being_compared_is_not_due() {
        plan.observe(ONE, NOON);
        plan.began(RecordKey.of(IMAGE));
        assertThat(plan.due(ONE, hours(6), NOON)).isEmpty();

        plan.ended(RecordKey.of(IMAGE));

        assertThat(plan.due(ONE, hours(6), NOON)).as("nothing was noted").isEqualTo(ONE);
    }

    @Test
    void what_is_gone_is_forgotten() {
        plan.remember(List.of(look(IMAGE, NOON)));

        assertThat(plan.observe(List.of(following(2)), NOON)).containsExactly(RecordKey.of(IMAGE));
        assertThat(plan.last(IMAGE)).isEmpty();
    }

    private static LastLook look(Image image, Instant at) {
        return new LastLook(RecordKey.of(image), at, "current");
    }

    private static RefreshConf exactly() {
        return new RefreshConf(HOUR, HOUR, Duration.ofMinutes(10), 0, 1, 1, 1, 1);
    }
}
