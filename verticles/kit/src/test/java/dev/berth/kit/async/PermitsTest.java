package dev.berth.kit.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermitsTest {
    private final Permits permits = new Permits(1, 1);
    private final List<String> begun = new ArrayList<>();

    @Test
    void work_waits_for_its_turn_and_a_failure_gives_the_permit_back() {
        Promise<String> first = Promise.promise();
        Future<String> one = permits.hold(() -> begin("first", first));
        Future<String> two = permits.hold(() -> begin("second", Promise.promise()));
        assertThat(begun).containsExactly("first");

        first.fail("broken");

        assertThat(one.failed()).isTrue();
        assertThat(two.isComplete()).isFalse();
        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void one_too_many_is_turned_away_at_once() {
        permits.hold(() -> begin("first", Promise.promise()));
        permits.hold(() -> begin("second", Promise.promise()));

        Future<String> third = permits.hold(() -> begin("third", Promise.promise()));

        assertThat(third.cause()).isInstanceOf(TooManyWaiting.class).hasMessage("1 are waiting already");
    }

    @Test
    void work_that_throws_keeps_nothing() {
        Future<String> broken = permits.hold(() -> {
            throw new IllegalStateException("before it began");
        });

        assertThat(broken.cause()).hasMessage("before it began");
        assertThat(permits.isIdle()).isTrue();
    }

    @Test
    void a_number_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> new Permits(0, 1)).hasMessageContaining("got 0 and 1");
    }

    private Future<String> begin(String name, Promise<String> end) {
        begun.add(name);
        return end.future();
    }
}
