package dev.berth.expire;

import static dev.berth.expire.Samples.NOON;
import static dev.berth.expire.Samples.cached;
import static dev.berth.expire.Samples.scene;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.ExpireContract.Verdict;
import dev.berth.image.Image;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExpiryPlanTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final ExpireConf CONF = conf(100, 0, 0);
    private static final Image OLD = cached(1, DAY.multipliedBy(11));
    private static final Image YOUNG = cached(2, DAY.multipliedBy(9));

    private final ExpiryPlan plan = new ExpiryPlan(CONF);
    private Moment now = new Moment(NOON, 0);

    @Test
    void an_image_goes_when_it_was_found_too_old_twice_some_time_apart() {
        assertThat(sweep(scene(OLD, YOUNG))).isEmpty();
        pass(Duration.ofSeconds(9));
        assertThat(sweep(scene(OLD, YOUNG))).isEmpty();
        pass(Duration.ofSeconds(1));

        assertThat(sweep(scene(OLD, YOUNG))).singleElement().satisfies(removal -> {
            assertThat(removal.image()).isEqualTo(OLD);
            assertThat(removal.cause()).isEqualTo(Removal.Cause.AGE);
            assertThat(removal.rule()).isEqualTo("unused for 10 days (images.remote_cache_expiry)");
        });
    }

    @Test
    void the_second_look_is_asked_for_exactly_when_it_is_due() {
        assertThat(nextConfirmation(scene(YOUNG, OLD))).contains(Duration.ofSeconds(10));
        pass(Duration.ofSeconds(4));
        assertThat(nextConfirmation(scene(YOUNG, OLD))).contains(Duration.ofSeconds(6));
        assertThat(nextConfirmation(scene(YOUNG))).isEmpty();
    }

    @Test
    void an_image_used_between_the_two_looks_stays() {
        sweep(scene(OLD));
        pass(Duration.ofMinutes(1));

        Image used = Samples.used(OLD, now.wall());

        assertThat(sweep(scene(used))).isEmpty();
    }

    @Test
    @DisplayName("reliability R50: a clock that jumps by 11 days removes nothing at once, and says so")
    void a_clock_that_jumps_forward_removes_nothing_at_once() {
        look(scene(YOUNG));
        pass(Duration.ofMinutes(1));
        now = new Moment(now.wall().plus(DAY.multipliedBy(11)), now.nanos());

        assertThat(look(scene(YOUNG))).contains(DAY.multipliedBy(11));
        assertThat(sweep(scene(YOUNG))).isEmpty();
        pass(Duration.ofMinutes(59));
        assertThat(sweep(scene(YOUNG))).as("within the hour").isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(sweep(scene(YOUNG))).as("when the new time has proven itself").hasSize(1);
    }

    @Test
    @DisplayName("reliability R50: what came or was used within the last hour of real time stays, whatever its dates say")
    void what_was_used_lately_stays_whatever_its_dates_say() {
        look(scene());
        pass(HOUR);
        Image looksOld = cached(3, DAY.multipliedBy(365));

        sweep(scene(looksOld));
        pass(Duration.ofMinutes(59));
        assertThat(sweep(scene(looksOld))).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(sweep(scene(looksOld))).hasSize(1);
    }

    @Test
    void a_jump_there_and_back_removes_nothing_ever() {
        look(scene(YOUNG));
        now = new Moment(NOON.plus(DAY.multipliedBy(400)), now.nanos());
        sweep(scene(YOUNG));
        pass(Duration.ofMinutes(30));
        now = new Moment(NOON.plus(Duration.ofMinutes(30)), now.nanos());
        assertThat(sweep(scene(YOUNG))).isEmpty();
        pass(HOUR.multipliedBy(2));
        assertThat(sweep(scene(YOUNG))).isEmpty();
    }

    @Test
    @DisplayName("reliability R51: clocks set back by an hour or 400 days only make images stay")
    void a_clock_set_back_only_makes_images_stay() {
        look(scene(OLD, YOUNG));
        now = new Moment(NOON.minus(DAY.multipliedBy(400)), now.nanos());

        assertThat(sweep(scene(OLD, YOUNG))).isEmpty();
        assertThat(plan.forecast(scene(OLD, YOUNG), now)).extracting(Verdict::due)
                .containsExactly(NOON.minus(DAY), NOON.plus(DAY));
        assertThat(nextConfirmation(scene(OLD, YOUNG))).isEmpty();
    }

    @Test
    void a_little_drift_is_no_jump() {
        look(scene());
        now = new Moment(now.wall().plusSeconds(60), now.nanos());
        assertThat(look(scene())).isEmpty();
        now = new Moment(now.wall().minusSeconds(61), now.nanos());
        assertThat(look(scene())).contains(Duration.ofSeconds(-61));
    }

    @Test
    @DisplayName("reliability R52: after ten days the unused one goes in the next round, the others never")
    void time_that_really_passes_removes_what_was_not_used() {
        Image unused = cached(4, Duration.ZERO);
        look(scene(unused, YOUNG));
        pass(DAY.multipliedBy(10));
        Image used = Samples.used(YOUNG, now.wall().minus(DAY));

        sweep(scene(unused, used));
        pass(HOUR);

        assertThat(sweep(scene(unused, used))).extracting(Removal::image).containsExactly(unused);
    }

    @Test
    @DisplayName("reliability R50: no round removes more than allowed; the longest unused go first")
    void no_round_removes_more_than_allowed() {
        ExpiryPlan careful = new ExpiryPlan(conf(3, 0, 0));
        Scene many = scene(IntStream.range(0, 10)
                .mapToObj(number -> cached(number, DAY.multipliedBy(11 + number)))
                .toArray(Image[]::new));
        careful.observe(many, now);
        pass(HOUR);
        careful.observe(many, now);

        assertThat(careful.removals(many, now, true))
                .extracting(each -> each.image().fingerprint().hex().substring(63))
                .containsExactly("9", "8", "7");
    }

    @Test
    void low_space_removes_the_least_valuable_until_there_is_enough() {
        ExpiryPlan full = new ExpiryPlan(conf(100, 12 * Samples.MIB, 0));
        Image large = cached(1, DAY, 5 * Samples.MIB);
        Image small = cached(2, DAY, Samples.MIB);
        Image oldest = cached(3, DAY.multipliedBy(5), Samples.MIB);
        Scene short6 = scene(6 * Samples.MIB, Set.of(), Samples.days(10), large, small, oldest);

        full.observe(short6, now);

        assertThat(full.removals(short6, now, false)).satisfiesExactlyInAnyOrder(
                one -> assertThat(one.image()).isEqualTo(oldest),
                two -> assertThat(two.image()).isEqualTo(large));
        assertThat(full.removals(short6, now, false)).allSatisfy(removal -> {
            assertThat(removal.cause()).isEqualTo(Removal.Cause.SPACE);
            assertThat(removal.rule())
                    .isEqualTo("space is short: 6 MiB free, expire.low-water-bytes is 12 MiB");
        });
    }

    @Test
    void a_cache_beyond_its_limit_shrinks_to_it() {
        ExpiryPlan capped = new ExpiryPlan(conf(100, 0, 2 * Samples.MIB));
        Scene three = scene(cached(1, DAY), cached(2, DAY.multipliedBy(2)), cached(3, DAY.multipliedBy(3)));
        capped.observe(three, now);

        assertThat(capped.removals(three, now, false)).singleElement().satisfies(removal -> {
            assertThat(removal.image().fingerprint().hex()).endsWith("3");
            assertThat(removal.rule()).isEqualTo("space is short: 3 MiB cached, expire.cache-limit-bytes is 2 MiB");
        });
    }

    @Test
    void low_space_spares_what_is_held_used_lately_or_pinned() {
        ExpiryPlan full = new ExpiryPlan(conf(100, 100 * Samples.MIB, 0));
        Image held = cached(1, DAY);
        Image justUsed = cached(2, Duration.ofMinutes(59));
        Image pinned = Samples.image("p1", 3, true, 1, NOON.minus(DAY), NOON.minus(DAY));
        Scene empty = scene(
                0, Set.of(held.files().get(0).blob()),
                Samples.settings(Map.of(), Map.of("images.remote_cache_expiry", "0")),
                held, justUsed, pinned);
        full.observe(empty, now);

        assertThat(full.removals(empty, now, false)).isEmpty();
    }

    @Test
    void the_forecast_tells_all_soonest_first_and_changes_nothing() {
        Image held = cached(3, DAY.multipliedBy(99));
        Scene all = scene(
                Long.MAX_VALUE / 2, Set.of(held.files().get(0).blob()), Samples.days(10), YOUNG, held, OLD);
        plan.observe(all, now);

        List<Verdict> verdicts = plan.forecast(all, now);

        assertThat(verdicts).extracting(Verdict::fingerprint)
                .containsExactly(OLD.fingerprint(), YOUNG.fingerprint(), held.fingerprint());
        assertThat(verdicts).extracting(Verdict::due).containsExactly(NOON.plusSeconds(10), NOON.plus(DAY), null);
        assertThat(verdicts.get(2).rule()).isEqualTo("in use");
        assertThat(plan.forecast(all, now)).isEqualTo(verdicts);
        assertThat(sweep(all)).isEmpty();
    }

    private List<Removal> sweep(Scene scene) {
        plan.observe(scene, now);
        return plan.removals(scene, now, true);
    }

    private Optional<Duration> look(Scene scene) {
        return plan.observe(scene, now);
    }

    private Optional<Duration> nextConfirmation(Scene scene) {
        plan.observe(scene, now);
        return plan.nextConfirmation(scene, now);
    }

    private void pass(Duration time) {
        now = new Moment(now.wall().plus(time), now.nanos() + time.toNanos());
    }

    private static ExpireConf conf(int most, long lowWater, long limit) {
        return new ExpireConf(HOUR, HOUR, HOUR, Duration.ofSeconds(10), HOUR, most, lowWater, limit);
    }
}
