package dev.berth.intake;

import static dev.berth.intake.BringWorld.NEW;
import static dev.berth.intake.BringWorld.OLD;
import static dev.berth.intake.BringWorld.SOURCE;
import static dev.berth.intake.BringWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.Leave;
import dev.berth.contract.IntakeContract.Obtained;
import dev.berth.contract.Refused;
import dev.berth.image.Image;
import dev.berth.image.UpdateSource;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ObtainingTest {
    private static final UpdateSource FOLLOWED =
            new UpdateSource(SOURCE.server(), SOURCE.protocol(), "", "debian/13", "");
    private static final Refused DOWN = new Refused(Refused.Reason.UNAVAILABLE, "Unable to connect to: images.example");

    private BringWorld world;

    @BeforeEach
    void open() throws Exception {
        world = new BringWorld();
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void a_fingerprint_that_is_here_is_used_without_asking_anybody() throws Exception {
        world.put("default", OLD, false, null);

        Obtained obtained = obtained(world.obtain(OLD.hex(), ""));

        assertThat(obtained.how()).isEqualTo("cached");
        assertThat(world.resolved).isEmpty();
        world.eventually(() -> world.touched.contains(OLD.hex()));
    }

    @Test
    void a_name_that_still_means_what_is_here_is_not_fetched_again() throws Exception {
        world.put("default", NEW, true, FOLLOWED);

        assertThat(obtained(world.obtain("debian/13", "")).how()).isEqualTo("current");
        assertThat(world.resolved).hasSize(1);
        assertThat(world.downloads).isEmpty();
    }

    @Test
    @DisplayName("rest-api 6.2: what is fetched for a use is cached, private, just used, and follows its source")
    void what_is_missing_is_fetched_for_the_cache() throws Exception {
        Future<Answer<Obtained>> asked = world.obtain("debian/13", "");
        world.awaitDownloads(1);
        world.deliver(0);

        assertThat(obtained(asked).how()).isEqualTo("fetched");
        Image image = world.listed("default", NEW);
        assertThat(image.cached()).isTrue();
        assertThat(image.visible()).isFalse();
        assertThat(image.autoUpdate()).isTrue();
        assertThat(image.source()).isEqualTo(FOLLOWED);
        assertThat(image.filename()).isEqualTo("incus.tar.xz");
        assertThat(image.lastUsedAt()).isEqualTo(image.uploadedAt());
    }

    @Test
    @DisplayName("rest-api 6.1: images.auto_update_cached")
    void a_setting_says_whether_cached_images_follow() throws Exception {
        world.settings.put("images.auto_update_cached", "false");
        Future<Answer<Obtained>> asked = world.obtain("debian/13", "");
        world.awaitDownloads(1);
        world.deliver(0);
        obtained(asked);

        assertThat(world.listed("default", NEW).autoUpdate()).isFalse();
    }

    @Test
    void two_hundred_launches_fetch_once() throws Exception {
        List<Future<Answer<Obtained>>> launches = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            launches.add(world.obtain("debian/13", "launch-" + i));
        }
        world.awaitDownloads(1);
        world.deliver(0);
        done(Future.all(launches));

        assertThat(world.downloads).hasSize(1);
        assertThat(launches).allSatisfy(launch ->
                assertThat(launch.result().fold(Obtained::how, Refused::text)).isIn("fetched", "current"));
    }

    @Test
    @DisplayName("R63: the source is down, so the image that followed it stands in")
    void a_source_that_is_down_is_stood_in_for() throws Exception {
        world.put("default", OLD, true, FOLLOWED);
        world.upstream = asked -> Answer.no(DOWN);

        Obtained obtained = obtained(world.obtain("debian/13", ""));

        assertThat(obtained.how()).isEqualTo("stale");
        assertThat(obtained.image().fingerprint()).isEqualTo(OLD);
    }

    @Test
    void a_newer_image_that_cannot_be_fetched_is_stood_in_for_too() throws Exception {
        world.put("default", OLD, true, FOLLOWED);
        Future<Answer<Obtained>> asked = world.obtain("debian/13", "");
        world.awaitDownloads(1);
        world.fail(0, "cut");

        assertThat(obtained(asked).how()).isEqualTo("stale");
    }

    @Test
    void images_of_other_servers_do_not_stand_in() throws Exception {
        world.put("default", OLD, true, new UpdateSource("https://other.example", "simplestreams", "", "debian/13", ""));
        world.upstream = asked -> Answer.no(DOWN);

        assertThat(done(world.obtain("debian/13", ""))).isEqualTo(Answer.no(DOWN));
    }

    @Test
    void a_forbidden_address_stays_forbidden() throws Exception {
        world.put("default", OLD, true, FOLLOWED);
        Refused forbidden = Refused.forbidden("10.0.0.1 is off limits");
        world.upstream = asked -> Answer.no(forbidden);

        assertThat(done(world.obtain("debian/13", ""))).isEqualTo(Answer.no(forbidden));
    }

    @Test
    void a_launch_that_is_given_up_still_fills_the_cache() throws Exception {
        Future<Answer<Obtained>> asked = world.obtain("debian/13", "launch");
        world.awaitDownloads(1);
        world.bus.announce(IntakeContract.LEAVE, new Leave("launch"));
        assertThat(done(asked).fold(Obtained::how, Refused::text)).isEqualTo("Operation cancelled");

        world.deliver(0);

        world.eventually(() -> world.listed("default", NEW) != null);
        assertThat(world.listed("default", NEW).cached()).isTrue();
    }

    private static Obtained obtained(Future<Answer<Obtained>> asked) throws Exception {
        return done(asked).fold(obtained -> obtained, refused -> {
            throw new AssertionError(refused.text());
        });
    }
}
