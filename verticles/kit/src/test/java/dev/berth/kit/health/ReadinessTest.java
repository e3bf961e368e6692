package dev.berth.kit.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final Readiness readiness = new Readiness();

    @Test
    void names_what_is_wrong_beside_what_is_fine() {
        readiness.add("b", () -> Future.failedFuture("no room"));
        readiness.add("a", Future::succeededFuture);
        readiness.add("c", () -> {
            throw new IllegalStateException("not even asked");
        });

        assertThat(readiness.look().result()).containsEntry("a", "ok").containsEntry("b", "no room").containsEntry("c", "not even asked");
    }

    @Test
    void a_check_of_the_same_name_replaces_the_one_before() {
        readiness.add("a", () -> Future.failedFuture("starting"));
        readiness.add("a", Future::succeededFuture);

        assertThat(readiness.look().result()).containsOnlyKeys("a").containsEntry("a", Readiness.FINE);
    }
}
