package dev.berth.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes lanes = new Lanes(3, 2);
    private final List<String> begun = new ArrayList<>();
    private final List<Promise<String>> works = new ArrayList<>();

    @Test
    void no_server_takes_all_places() {
        run("slow", "a");
        run("slow", "b");
        run("slow", "c");
        run("other", "d");
        run("other", "e");

        assertThat(begun).containsExactly("a", "b", "d");
        assertThat(lanes.running()).isEqualTo(3);
        assertThat(lanes.waiting()).isEqualTo(2);
    }

    @Test
    void a_place_that_becomes_free_goes_to_the_next() {
        Future<String> first = run("slow", "a");
        run("slow", "b");
        run("slow", "c");

        works.get(0).complete("done");

        assertThat(first.result()).isEqualTo("done");
        assertThat(begun).containsExactly("a", "b", "c");
    }

    @Test
    void servers_take_turns() {
        Lanes narrow = new Lanes(1, 1);
        for (String work : List.of("a1", "a2", "a3")) {
            narrow.run("a", () -> begin(work));
        }
        narrow.run("b", () -> begin("b1"));

        for (int i = 0; i < 3; i++) {
            works.get(i).complete("done");
        }

        assertThat(begun).containsExactly("a1", "a2", "b1", "a3");
    }

    @Test
    void a_work_that_fails_or_throws_gives_its_place_back() {
        Lanes narrow = new Lanes(1, 1);
        Future<String> throwing = narrow.run("a", () -> {
            throw new IllegalStateException("broken");
        });
        Future<String> failing = narrow.run("a", () -> begin("b"));
        works.get(0).fail("gone");
        Future<String> fine = narrow.run("a", () -> Future.succeededFuture("fine"));

        assertThat(throwing.cause()).hasMessage("broken");
        assertThat(failing.cause()).hasMessage("gone");
        assertThat(fine.result()).isEqualTo("fine");
        assertThat(narrow.running()).isZero();
        assertThat(narrow.waiting()).isZero();
    }

    private Future<String> run(String server, String work) {
        return lanes.run(server, () -> begin(work));
    }

    private Future<String> begin(String work) {
        Promise<String> promise = Promise.promise();
        begun.add(work);
        works.add(promise);
        return promise.future();
    }
}
