package dev.berth.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.FetchContract.Listed;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Instant NOW = Samples.NOW;
    private static final Listed OLD = Samples.split("debian", "20260820_0742", 'a', '1', '2');
    private static final Listed NEW = Samples.split("debian", "20260821_0742", 'b', '3', '4');
    private static final String OLD_ROOT = "images/" + Samples.hash('2') + "/rootfs.squashfs";

    private final Standing standing = new Standing(Duration.ofHours(3));

    @Test
    void what_an_earlier_list_named_can_be_had_for_the_grace_time_and_no_longer() {
        standing.show(Samples.list(OLD), NOW);
        assertThat(standing.show(Samples.list(NEW), NOW)).extracting(MirroredFile::path).contains(OLD_ROOT).hasSize(2);
        standing.show(Samples.list(NEW), NOW.plus(Duration.ofHours(2)));

        assertThat(standing.find(OLD_ROOT, NOW.plus(Duration.ofHours(3)))).isNotNull();
        assertThat(standing.find(OLD_ROOT, NOW.plus(Duration.ofHours(3)).plusMillis(1))).isNull();
        assertThat(standing.find("images/" + Samples.hash('4') + "/rootfs.squashfs", NOW)).isNotNull();
    }

    @Test
    void what_was_delisted_is_remembered_with_its_end() {
        standing.show(Samples.list(OLD), NOW);
        standing.show(Samples.list(NEW), NOW);
        Standing next = new Standing(Duration.ofHours(3));

        next.remember(standing.delisted());

        assertThat(next.delisted()).hasSize(2).containsExactlyInAnyOrderElementsOf(standing.delisted());
        assertThat(next.find(OLD_ROOT, NOW.plus(Duration.ofHours(3)))).isEqualTo(standing.find(OLD_ROOT, NOW));
        assertThat(next.find(OLD_ROOT, NOW.plus(Duration.ofHours(3)).plusMillis(1))).isNull();
    }

    @Test
    void what_is_listed_again_stays_without_an_end() {
        standing.show(Samples.list(OLD), NOW);
        standing.show(Samples.list(NEW), NOW);
        standing.show(Samples.list(NEW, OLD), NOW);

        assertThat(standing.find(OLD_ROOT, NOW.plus(Duration.ofDays(1)))).isNotNull();
    }

    @Test
    void trouble_leaves_the_list_as_it_is_and_the_next_answer_ends_it() {
        standing.show(Samples.list(OLD), NOW);
        standing.doubt("cannot connect");

        assertThat(standing.trouble()).isEqualTo("cannot connect");
        assertThat(standing.asked()).isEqualTo(NOW);
        assertThat(standing.find(OLD_ROOT, NOW)).isNotNull();
        standing.confirm(NOW.plusSeconds(60), "");
        assertThat(standing.trouble()).isEmpty();
    }

    @Test
    void askers_for_the_unknown_cost_a_question_only_now_and_then() {
        Duration pause = Duration.ofSeconds(30);
        assertThat(standing.mayTry(NOW, pause)).isTrue();
        standing.tries(NOW);

        assertThat(standing.mayTry(NOW.plusSeconds(29), pause)).isFalse();
        assertThat(standing.mayTry(NOW.plusSeconds(30), pause)).isTrue();
        assertThat(standing.mayTry(NOW.minusSeconds(1), pause)).as("the clock was set back").isTrue();
    }
}
