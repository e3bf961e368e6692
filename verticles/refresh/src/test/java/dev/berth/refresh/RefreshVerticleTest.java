package dev.berth.refresh;

import static dev.berth.refresh.Samples.following;
import static dev.berth.refresh.Samples.offer;
import static dev.berth.refresh.Samples.print;
import static dev.berth.testkit.Expect.no;
import static dev.berth.testkit.Expect.soon;
import static dev.berth.testkit.Expect.yes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Bring;
import dev.berth.contract.RefreshContract.Check;
import dev.berth.contract.RefreshContract.Refreshed;
import dev.berth.contract.Refused;
import dev.berth.image.Image;
import dev.berth.image.UpdateSource;
import dev.berth.testkit.FakeClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshVerticleTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Image IMAGE = following(1);
    /** Looks by itself at nothing. */
    private static final RefreshConf QUIET = new RefreshConf(HOUR, HOUR, Duration.ofMinutes(10), 0, 64, 32, 4, 2);
    /** Looks every 20 ms. */
    private static final RefreshConf EAGER =
            new RefreshConf(Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofMinutes(10), 0, 64, 32, 4, 2);

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock();

    @Test
    @DisplayName("rest-api 178: nothing happens when the source has the same")
    void an_image_that_is_current_stays_as_it_is() {
        try (RunningRefresh refresh = running(QUIET, IMAGE)) {
            assertThat(yes(refresh.refresh(IMAGE))).isEqualTo(new Refreshed(false, print(1), "current"));

            assertThat(refresh.brought).isEmpty();
            assertThat(refresh.ended("current")).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("rest-api 178, 180: the newer image comes with the old flags and takes the old one's place")
    void a_newer_image_takes_the_place_of_the_old_one() {
        try (RunningRefresh refresh = running(QUIET, IMAGE)) {
            refresh.offer(2);

            assertThat(yes(refresh.refresh(IMAGE))).isEqualTo(new Refreshed(true, print(2), "replaced"));

            assertThat(refresh.brought).singleElement().satisfies(RefreshVerticleTest::carriesTheOldFlags);
            assertThat(refresh.replaced).singleElement().satisfies(call -> {
                assertThat(call.old()).isEqualTo(print(1));
                assertThat(call.replacement()).isEqualTo(print(2));
                assertThat(call.brought()).isTrue();
                assertThat(call.requestor()).isEqualTo(RunningRefresh.ANNA);
            });
        }
    }

    @Test
    void a_source_that_was_told_who_we_are_is_told_so_again_and_no_other() {
        UpdateSource known = new UpdateSource(Samples.SERVER, "lxd", "", "debian/1", "", true);
        Image introduced = Samples.image("default", 1, true, known, Samples.NOON);
        try (RunningRefresh refresh = running(QUIET, introduced)) {
            refresh.offer(2);
            yes(refresh.refresh(introduced));

            assertThat(refresh.resolved).isNotEmpty().allMatch(asked -> asked.source().ourselves());
            assertThat(refresh.brought).singleElement().satisfies(bring -> {
                assertThat(bring.source().ourselves()).isTrue();
                assertThat(bring.claims().source()).isEqualTo(known);
            });
        }
    }

    private static void carriesTheOldFlags(Bring bring) {
        assertThat(bring.source().ourselves()).isFalse();
        assertThat(bring.name()).isEqualTo("debian/1");
        assertThat(bring.source().server()).isEqualTo(Samples.SERVER);
        assertThat(bring.copyAliases()).isFalse();
        assertThat(bring.watcher()).isEqualTo("op-1");
        assertThat(bring.type()).isEqualTo(IMAGE.type());
        assertThat(bring.architecture()).isEqualTo(IMAGE.architecture());
        assertThat(bring.claims().visible()).isTrue();
        assertThat(bring.claims().cached()).isTrue();
        assertThat(bring.claims().autoUpdate()).isTrue();
        assertThat(bring.claims().profiles()).containsExactly("gpu");
        assertThat(bring.claims().source()).isEqualTo(IMAGE.source());
        assertThat(bring.claims().properties()).as("those of the source").isEmpty();
    }

    @Test
    @DisplayName("rest-api 6.3: a newer image that is here already is not fetched, names move and the old record goes")
    void a_newer_image_that_is_here_is_not_fetched() {
        try (RunningRefresh refresh = running(QUIET, IMAGE, following(2))) {
            refresh.offer(2);

            assertThat(yes(refresh.refresh(IMAGE)).changed()).isTrue();

            assertThat(refresh.brought).isEmpty();
            assertThat(refresh.replaced).singleElement().satisfies(call -> assertThat(call.brought()).isFalse());
        }
    }

    @Test
    @DisplayName("rest-api 179: a source that is down ends well, and the image stays")
    void a_source_in_trouble_changes_nothing() {
        try (RunningRefresh refresh = running(QUIET, IMAGE)) {
            refresh.upstream = call -> Future.succeededFuture(
                    Answer.no(new Refused(Refused.Reason.UNAVAILABLE, "Unable to connect to images.example")));
            Refreshed down = yes(refresh.refresh(IMAGE));
            refresh.upstream = call -> Future.succeededFuture(Answer.no(Refused.notFound("Image not found")));
            Refreshed gone = yes(refresh.refresh(IMAGE));
            refresh.upstream = call -> Future.failedFuture("fetch broke");
            Refreshed broken = yes(refresh.refresh(IMAGE));

            assertThat(down).isEqualTo(new Refreshed(false, print(1), "Unable to connect to images.example"));
            assertThat(gone).isEqualTo(new Refreshed(false, print(1), "Image not found"));
            assertThat(broken.changed()).isFalse();
            assertThat(broken.outcome()).contains("fetch broke");
            assertThat(refresh.has("default", 1)).isTrue();
            assertThat(List.of(refresh.ended("failed"), refresh.ended("gone"))).containsExactly(2L, 1L);
        }
    }

    @Test
    void a_transfer_that_fails_leaves_the_old_image_and_its_names() {
        try (RunningRefresh refresh = running(QUIET, IMAGE)) {
            refresh.offer(2);
            refresh.intake = call -> Future.succeededFuture(Answer.no(Refused.full("no room: 1 GiB wanted, 3 MiB free")));

            assertThat(yes(refresh.refresh(IMAGE)))
                    .isEqualTo(new Refreshed(false, print(1), "no room: 1 GiB wanted, 3 MiB free"));
            assertThat(refresh.replaced).isEmpty();
        }
    }

    @Test
    @DisplayName("rest-api 177: without a source, or without the image, it is refused")
    void what_cannot_be_compared_is_refused() {
        Image own = Samples.image("default", 3, true, null, Samples.NOON);
        try (RunningRefresh refresh = running(QUIET, own)) {
            assertThat(no(refresh.refresh(own))).isEqualTo(Refused.invalid("Image source not found"));
            assertThat(no(refresh.refresh(following(9))).reason()).isEqualTo(Refused.Reason.NOT_FOUND);
        }
    }

    @Test
    @DisplayName("peers b.8: a record whose updates are off stays when another project's is refreshed")
    void a_record_whose_updates_are_off_stays_when_another_project_refreshes_the_same_fingerprint() {
        Image off = Samples.image("p1", 1, false, IMAGE.source(), Samples.NOON);
        try (RunningRefresh refresh = running(EAGER, 2, IMAGE, off)) {
            untilReplaced(refresh, 1);
            looks(refresh);

            assertThat(refresh.has("default", 1)).isFalse();
            assertThat(refresh.has("p1", 1)).isTrue();
            assertThat(refresh.has("p1", 2)).isFalse();
            assertThat(refresh.replaced).hasSize(1);
        }
    }

    @Test
    void updates_switched_off_during_the_transfer_keep_the_image() {
        try (RunningRefresh refresh = running(QUIET, IMAGE)) {
            refresh.offer(2);
            Promise<Void> fetching = Promise.promise();
            Promise<Void> begun = Promise.promise();
            Function<Bring, Future<Answer<Arrival>>> usual = refresh.intake;
            refresh.intake = call -> {
                begun.tryComplete();
                return fetching.future().compose(go -> usual.apply(call));
            };

            Future<Answer<Refreshed>> asked = refresh.ask(IMAGE);
            soon(begun.future());
            refresh.images.put(RecordKey.of(IMAGE), Samples.image("default", 1, false, IMAGE.source(), Samples.NOON));
            fetching.complete();

            assertThat(yes(soon(asked)).changed()).isFalse();
            assertThat(refresh.replaced).isEmpty();
        }
    }

    @Test
    void two_who_ask_at_once_share_one_comparison() {
        try (RunningRefresh refresh = running(QUIET, IMAGE)) {
            Promise<Answer<Offer>> later = Promise.promise();
            refresh.upstream = call -> later.future();
            Future<Answer<Refreshed>> one = refresh.ask(IMAGE);
            Future<Answer<Refreshed>> two = refresh.ask(IMAGE);
            refresh.schedule();
            later.complete(Answer.yes(offer(1, "debian/1")));

            assertThat(soon(one)).isEqualTo(soon(two));
            assertThat(refresh.resolved).hasSize(1);
        }
    }

    @Test
    @DisplayName("200 images at a source with 100 ms latency are compared in a fraction of 20 s, 32 at a time")
    void many_images_are_compared_at_once_within_the_limit_of_their_server() {
        Image[] many = IntStream.rangeClosed(1, 200).mapToObj(Samples::following).toArray(Image[]::new);
        try (RunningRefresh refresh = running(QUIET, many)) {
            AtomicInteger now = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            refresh.upstream = call -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                int number = Integer.parseInt(call.name().substring(7));
                return refresh.vertx.timer(100, TimeUnit.MILLISECONDS).map(late -> {
                    now.decrementAndGet();
                    return Answer.yes(offer(number, call.name()));
                });
            };
            long begin = System.nanoTime();
            List<Future<Answer<Refreshed>>> all = new ArrayList<>();
            for (Image image : many) {
                all.add(refresh.ask(image));
            }
            soon(Future.all(all));

            assertThat(most.get()).isEqualTo(32);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            assertThat(refresh.ended("current")).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("rest-api 181: a start replaces a stale image by itself; the schedule tells next, last and outcome")
    void a_start_replaces_a_stale_image_and_the_schedule_tells() {
        Image pinned = Samples.image("default", 5, false, IMAGE.source(), Samples.NOON);
        try (RunningRefresh refresh = running(EAGER, 2, IMAGE, pinned)) {
            untilReplaced(refresh, 1);
            looks(refresh);

            Instant now = clock.instant();
            assertThat(refresh.schedule()).containsExactlyInAnyOrder(
                    new Check("default", print(2), now.plus(HOUR.multipliedBy(6)), now, "replaced"),
                    new Check("default", print(5), null, null, ""));
        }
    }

    @Test
    void the_schedule_survives_a_restart() {
        try (RunningRefresh refresh = running(QUIET, IMAGE)) {
            yes(refresh.refresh(IMAGE));
        }
        clock.advance(Duration.ofMinutes(5));
        try (RunningRefresh again = running(EAGER, IMAGE)) {
            looks(again);

            Instant compared = Samples.NOON;
            assertThat(again.schedule()).containsExactly(
                    new Check("default", print(1), compared.plus(HOUR.multipliedBy(6)), compared, "current"));
            assertThat(again.resolved).as("five minutes ago is recent enough").isEmpty();
        }
    }

    @Test
    void a_source_in_trouble_is_asked_again_with_the_next_interval_only() {
        RefreshConf late = new RefreshConf(Duration.ofMillis(100), HOUR, Duration.ZERO, 0, 64, 32, 4, 2);
        try (RunningRefresh refresh = running(late, IMAGE)) {
            refresh.upstream = call -> Future.succeededFuture(Answer.no(Refused.notFound("Image not found")));
            until(refresh, () -> refresh.resolved.size() == 1);
            looks(refresh);
            assertThat(refresh.resolved).hasSize(1);

            clock.advance(HOUR.multipliedBy(6));
            until(refresh, () -> refresh.resolved.size() == 2);
            looks(refresh);

            assertThat(refresh.resolved).hasSize(2);
        }
    }

    private RunningRefresh running(RefreshConf conf, Image... images) {
        return running(conf, 1, images);
    }

    private RunningRefresh running(RefreshConf conf, int offered, Image... images) {
        return new RunningRefresh(folder, clock, conf, offered, images);
    }

    private static void untilReplaced(RunningRefresh refresh, int count) {
        until(refresh, () -> refresh.replaced.size() >= count);
        assertThat(refresh.replaced).hasSize(count);
    }

    /** Waits for a bounded time; when it never holds, the assertion that follows says what came instead. */
    private static void until(RunningRefresh refresh, BooleanSupplier holds) {
        for (int i = 0; i < 500 && !holds.getAsBoolean(); i++) {
            soon(refresh.vertx.timer(20, TimeUnit.MILLISECONDS));
        }
    }

    /** Time for several looks, which should do nothing more. */
    private static void looks(RunningRefresh refresh) {
        soon(refresh.vertx.timer(300, TimeUnit.MILLISECONDS));
    }
}
