package dev.berth.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotCacheTest {
    private static final Snapshot NOW = Snapshot.EMPTY;
    private static final Snapshot LATER = Snapshot.of(List.of(), Map.of("user.a", "b"));

    private final SnapshotCache<String, String> cache = new SnapshotCache<>(3, 100, String::length);
    private int made;

    @Test
    void two_who_ask_the_same_at_once_wait_for_the_same_work() {
        Promise<String> work = Promise.promise();

        Future<String> one = cache.get(NOW, "q", work::future);
        Future<String> two = cache.get(NOW, "q", () -> answer("again"));
        work.complete("first");

        assertThat(one.result()).isEqualTo("first");
        assertThat(two.result()).isEqualTo("first");
        assertThat(made).isZero();
    }

    @Test
    void another_snapshot_is_another_answer() {
        cache.get(NOW, "q", () -> answer("old"));

        assertThat(cache.get(LATER, "q", () -> answer("new")).result()).isEqualTo("new");
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void work_that_ends_after_its_snapshot_is_not_kept() {
        Promise<String> slow = Promise.promise();
        cache.get(NOW, "q", slow::future);
        cache.get(LATER, "other", () -> answer("x"));

        slow.fail("too late");

        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache.get(LATER, "q", () -> answer("new")).result()).isEqualTo("new");
    }

    @Test
    void a_failure_is_not_kept() {
        cache.get(NOW, "q", () -> Future.failedFuture("broken"));

        assertThat(cache.get(NOW, "q", () -> answer("whole")).result()).isEqualTo("whole");
    }

    @Test
    void the_least_used_go_first_when_there_are_too_many() {
        for (String question : new String[] {"a", "b", "c", "a", "d"}) {
            cache.get(NOW, question, () -> answer(question));
        }
        int before = made;

        cache.get(NOW, "a", () -> answer("a"));
        assertThat(made).isEqualTo(before);
        cache.get(NOW, "b", () -> answer("b"));
        assertThat(made).isEqualTo(before + 1);
    }

    @Test
    void what_weighs_too_much_is_answered_but_not_kept() {
        String heavy = "x".repeat(101);

        assertThat(cache.get(NOW, "q", () -> answer(heavy)).result()).isEqualTo(heavy);
        assertThat(cache.size()).isZero();
        cache.get(NOW, "a", () -> answer("x".repeat(60)));
        cache.get(NOW, "b", () -> answer("x".repeat(60)));
        assertThat(cache.size()).isEqualTo(1);
    }

    private Future<String> answer(String text) {
        made++;
        return Future.succeededFuture(text);
    }
}
