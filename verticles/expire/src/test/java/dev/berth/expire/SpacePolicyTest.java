package dev.berth.expire;

import static dev.berth.expire.Samples.MIB;
import static dev.berth.expire.Samples.NOON;
import static dev.berth.expire.Samples.cached;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.image.BlobId;
import dev.berth.image.Image;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpacePolicyTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void the_larger_of_two_equally_idle_images_goes_first() {
        Image large = cached(1, DAY, 1024 * MIB);
        Image small = cached(2, DAY, 10 * MIB);

        assertThat(choose(1, small, large)).containsExactly(large);
    }

    @Test
    void a_small_image_that_nobody_used_for_long_goes_before_a_large_one_of_yesterday() {
        Image large = cached(1, DAY, 1024 * MIB);
        Image small = cached(2, DAY.multipliedBy(3), 10 * MIB);

        assertThat(choose(1, large, small)).containsExactly(small);
    }

    @Test
    void no_more_go_than_are_needed() {
        assertThat(choose(2 * MIB, cached(1, DAY), cached(2, DAY), cached(3, DAY))).hasSize(2);
        assertThat(choose(99 * MIB, cached(1, DAY), cached(2, DAY))).as("all, when all do not suffice").hasSize(2);
        assertThat(choose(0, cached(1, DAY))).isEmpty();
    }

    @Test
    void an_image_in_two_projects_frees_its_bytes_only_with_both() {
        Image here = cached(1, DAY);
        Image there = Samples.image("p1", 1, true, MIB, here.uploadedAt(), here.lastUsedAt());

        assertThat(choose(MIB, here, there)).containsExactly(here, there);
    }

    @Test
    void an_image_whose_bytes_stay_anyway_is_not_worth_removing() {
        Image shared = cached(1, DAY);
        Set<BlobId> elsewhere = Set.of(shared.files().get(0).blob());
        Scene scene = Samples.scene(shared);

        assertThat(SpacePolicy.choose(scene.images(), scene.records(), elsewhere, MIB, NOON)).isEmpty();
        assertThat(SpacePolicy.cachedBytes(scene.records(), elsewhere)).isZero();
        assertThat(SpacePolicy.cachedBytes(scene.records(), Set.of())).isEqualTo(MIB);
    }

    @Test
    void an_image_from_the_future_is_merely_fresh() {
        assertThat(SpacePolicy.burden(cached(1, DAY.negated()), NOON)).isPositive().isLessThan(2);
    }

    private static List<Image> choose(long wanted, Image... images) {
        Scene scene = Samples.scene(images);
        return SpacePolicy.choose(scene.images(), scene.records(), Set.of(), wanted, NOON);
    }
}
