package dev.berth.intake;

import static dev.berth.intake.BringWorld.CREATED;
import static dev.berth.intake.BringWorld.NEW;
import static dev.berth.intake.BringWorld.OLD;
import static dev.berth.intake.BringWorld.SOURCE;
import static dev.berth.intake.BringWorld.claims;
import static dev.berth.intake.BringWorld.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.CatalogContract.AdoptImage;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Progress;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.IntakeContract.AlreadyHere;
import dev.berth.contract.IntakeContract.Arrival;
import dev.berth.contract.IntakeContract.Arrived;
import dev.berth.contract.IntakeContract.Bring;
import dev.berth.contract.IntakeContract.Claims;
import dev.berth.contract.IntakeContract.Leave;
import dev.berth.contract.IntakeContract.Share;
import dev.berth.contract.IntakeContract.Watched;
import dev.berth.contract.Refused;
import dev.berth.contract.Requestor;
import dev.berth.image.Image;
import dev.berth.image.UpdateSource;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BringingTest {
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
    @DisplayName("rest-api 137, R24: two hundred callers are one question, one transfer, and all have the image")
    void two_hundred_callers_are_one_transfer() throws Exception {
        List<Future<Answer<Arrival>>> callers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            callers.add(world.ask(world.bring("debian/13", "operation-" + i)));
        }
        world.awaitDownloads(1);
        world.deliver(0);
        done(Future.all(callers));

        assertThat(world.downloads).hasSize(1);
        assertThat(callers).allSatisfy(caller -> assertThat(fingerprint(caller.result())).isEqualTo(NEW.hex()));
    }

    @Test
    @DisplayName("R24: what one is refused all are refused, and the next one starts afresh")
    void all_get_the_same_refusal_and_the_next_try_starts_afresh() throws Exception {
        Future<Answer<Arrival>> first = world.ask(world.bring("debian/13", "a"));
        Future<Answer<Arrival>> second = world.ask(world.bring("debian/13", "b"));
        world.awaitDownloads(1);
        world.eventually(() -> world.resolved.size() >= 1);
        world.fail(0, "the server sent 10 bytes of 100");

        assertThat(refusal(done(first))).isEqualTo("the server sent 10 bytes of 100");
        assertThat(refusal(done(second))).isEqualTo("the server sent 10 bytes of 100");

        Future<Answer<Arrival>> later = world.ask(world.bring("debian/13", "c"));
        world.awaitDownloads(2);
        world.deliver(1);
        assertThat(fingerprint(done(later))).isEqualTo(NEW.hex());
    }

    @Test
    void two_names_of_the_same_image_share_one_transfer() throws Exception {
        Future<Answer<Arrival>> alias = world.ask(world.bring("debian/13", ""));
        Future<Answer<Arrival>> fingerprint = world.ask(world.bring(NEW.hex(), ""));
        world.eventually(() -> world.resolved.size() == 2);
        world.awaitDownloads(1);
        world.deliver(0);

        assertThat(fingerprint(done(alias))).isEqualTo(fingerprint(done(fingerprint)));
        assertThat(world.downloads).hasSize(1);
    }

    @Test
    void another_project_or_another_server_never_shares() throws Exception {
        Bring here = world.bring("debian/13", "");
        Bring elsewhere = new Bring(SOURCE, "debian/13", null, null, "p1", claims(), false, "");
        Source mirror = new Source("https://mirror.example", "simplestreams", "", "", "");
        Bring mirrored = new Bring(mirror, "debian/13", null, null, "default", claims(), false, "");

        world.ask(here);
        world.ask(elsewhere);
        world.ask(mirrored);

        world.awaitDownloads(3);
        assertThat(world.resolved).hasSize(3);
    }

    @Test
    @DisplayName("R25: the first caller leaves, the others go on")
    void a_leaving_caller_takes_nothing_from_the_others() throws Exception {
        Future<Answer<Arrival>> leader = world.ask(publicly(world.bring("debian/13", "leader")));
        world.awaitDownloads(1);
        Future<Answer<Arrival>> follower = world.ask(world.bring("debian/13", "follower"));
        world.eventually(() -> world.resolved.size() == 2);
        world.bus.announce(IntakeContract.LEAVE, new Leave("leader"));

        assertThat(refusal(done(leader))).isEqualTo("Operation cancelled");
        world.deliver(0);
        assertThat(fingerprint(done(follower))).isEqualTo(NEW.hex());
        assertThat(world.listed("default", NEW).visible()).as("the wish of one who left").isFalse();
    }

    @Test
    void the_last_caller_who_leaves_stops_the_transfer_and_leaves_nothing() throws Exception {
        Future<Answer<Arrival>> only = world.ask(world.bring("debian/13", "only"));
        world.awaitDownloads(1);

        world.bus.announce(IntakeContract.LEAVE, new Leave("only"));

        assertThat(refusal(done(only))).isEqualTo("Operation cancelled");
        assertThat(done(world.ended(0)).toString()).contains("everybody who wanted it left");
        assertThat(world.images).isEmpty();
    }

    @Test
    void the_last_caller_who_leaves_stops_a_transfer_that_was_looked_into_already() throws Exception {
        Future<Answer<Arrival>> only = world.ask(world.bring("debian/13", "only"));
        world.awaitDownloads(1);
        world.deliverHead(0);
        world.eventually(() -> world.registry.get("berth.intake.inspect").timer().count() == 1);

        world.bus.announce(IntakeContract.LEAVE, new Leave("only"));

        assertThat(done(world.ended(0)).toString()).contains("everybody who wanted it left");
        assertThat(refusal(done(only))).isEqualTo("Operation cancelled");
        assertThat(world.images).isEmpty();
    }

    @Test
    void an_image_whose_bytes_were_lost_is_fetched_again() throws Exception {
        Image listed = world.put("default", NEW, false, null);
        world.lost.add(listed.files().get(0).blob());

        Future<Answer<Arrival>> again = world.ask(world.bring("debian/13", "w"));
        world.awaitDownloads(1);
        world.deliver(0);

        assertThat(done(again)).isEqualTo(Answer.yes(new AlreadyHere(NEW, listed.size())));
        assertThat(world.lost).isEmpty();
    }

    @Test
    @DisplayName("rest-api 4.3: a cancel that is faster than its question is not lost")
    void whoever_left_before_the_question_came_is_brought_nothing() throws Exception {
        world.bus.announce(IntakeContract.LEAVE, new Leave("hasty"));

        assertThat(refusal(done(world.ask(world.bring("debian/13", "hasty"))))).isEqualTo("Operation cancelled");

        assertThat(world.resolved).isEmpty();
        world.ask(world.bring("debian/13", "patient"));
        world.awaitDownloads(1);
    }

    @Test
    void whoever_comes_after_everybody_left_begins_anew() throws Exception {
        world.ask(world.bring("debian/13", "only"));
        world.awaitDownloads(1);
        world.bus.announce(IntakeContract.LEAVE, new Leave("only"));
        done(world.ended(0));

        Future<Answer<Arrival>> later = world.ask(world.bring("debian/13", "later"));
        world.awaitDownloads(2);
        world.deliver(1);

        assertThat(fingerprint(done(later))).isEqualTo(NEW.hex());
    }

    @Test
    @DisplayName("rest-api 136, 138, 144, 145: what is here is not fetched again, but its flags follow the request")
    void a_second_copy_overwrites_flags_without_a_download() throws Exception {
        world.put("default", NEW, true, null);
        Claims claims = new Claims(
                "", false, true, false, Map.of("os", "Mine"), null, List.of(), null, null, null, Requestor.BERTH, false);

        Answer<Arrival> answer =
                done(world.ask(new Bring(SOURCE, "debian/13", null, null, "default", claims, false, "")));

        assertThat(answer).isEqualTo(Answer.yes(new AlreadyHere(NEW, 100)));
        assertThat(world.downloads).isEmpty();
        assertThat(world.adopted).containsExactly(new AdoptImage(
                "default", NEW, false, true, false, "", Map.of("os", "Mine"), null, followed(), Requestor.BERTH));
    }

    @Test
    @DisplayName("rest-api 3.5 item 5: another project has it, so the bytes are shared")
    void what_another_project_has_from_the_same_server_is_shared() throws Exception {
        world.put("p1", NEW, false, followed());

        Answer<Arrival> answer = done(world.ask(world.bring("debian/13", "")));

        assertThat(answer.fold(Object::getClass, Refused::text)).isEqualTo(Arrived.class);
        assertThat(world.downloads).isEmpty();
        Image image = world.listed("default", NEW);
        assertThat(image.visible()).isFalse();
        assertThat(image.properties()).containsOnlyKeys("os", "release");
        assertThat(image.files()).isEqualTo(world.listed("p1", NEW).files());
    }

    @Test
    void what_is_public_is_shared_with_every_project() throws Exception {
        world.put("default", NEW, false, null);

        done(world.ask(new Bring(SOURCE, "debian/13", null, null, "p1", claims(), false, "")));

        assertThat(world.downloads).isEmpty();
        assertThat(world.listed("p1", NEW).files()).isEqualTo(world.listed("default", NEW).files());
    }

    @Test
    @DisplayName("T11: an offer is no more than the word of a server that the asker chose")
    void the_image_of_another_project_is_not_had_by_naming_its_fingerprint() throws Exception {
        world.put("p1", NEW, false, null);
        world.put("p2", NEW, false, new UpdateSource("https://other.example", "simplestreams", "", "debian/13", ""));

        Future<Answer<Arrival>> answer = world.ask(world.bring(NEW.hex(), ""));
        world.awaitDownloads(1);
        world.fail(0, "there are no bytes");

        assertThat(refusal(done(answer))).contains("there are no bytes");
        assertThat(world.listed("default", NEW)).isNull();
    }

    @Test
    @DisplayName("rest-api 139: properties, dates and names are the source's; the request lies over them")
    void an_image_is_described_by_its_source() throws Exception {
        Claims claims = new Claims(
                "mine.tar", true, true, false, Map.of("os", "Mine"), List.of("a"), List.of(), null, null, null,
                Requestor.BERTH, false);
        Future<Answer<Arrival>> answer =
                world.ask(new Bring(SOURCE, "debian/13", null, null, "default", claims, true, ""));
        world.awaitDownloads(1);
        world.deliver(0);
        done(answer);

        Image image = world.listed("default", NEW);
        assertThat(image.properties()).isEqualTo(Map.of("os", "Mine", "release", "trixie"));
        assertThat(image.createdAt()).isEqualTo(CREATED);
        assertThat(image.expiresAt()).isEqualTo(Image.NEVER_EXPIRES);
        assertThat(image.filename()).isEqualTo("mine.tar");
        assertThat(image.profiles()).containsExactly("a");
        assertThat(image.source()).isEqualTo(followed());
        assertThat(world.aliases).isEqualTo(Map.of("debian/13", NEW));
    }

    @Test
    @DisplayName("rest-api 127, 131: a fingerprint or a secret is nothing to follow")
    void a_fingerprint_and_a_secret_are_not_followed() throws Exception {
        Future<Answer<Arrival>> named = world.ask(world.bring(NEW.hex(), ""));
        world.awaitDownloads(1);
        world.deliver(0);
        done(named);
        assertThat(world.listed("default", NEW).source()).isNull();

        Source secret = new Source("https://lxd.example:8443", "lxd", "", "s3cret", "");
        Future<Answer<Arrival>> hidden =
                world.ask(new Bring(secret, "web", null, null, "p1", claims(), false, ""));
        world.awaitDownloads(2);
        world.deliver(1);
        done(hidden);
        assertThat(world.listed("p1", NEW).source()).isNull();
    }

    @Test
    void an_image_remembers_whether_its_source_was_told_who_we_are() throws Exception {
        Source known = new Source(SOURCE.server(), SOURCE.protocol(), "", "", "", true);
        Future<Answer<Arrival>> answer =
                world.ask(new Bring(known, "debian/13", null, null, "default", claims(), false, ""));
        world.awaitDownloads(1);
        world.deliver(0);
        done(answer);

        assertThat(world.downloads.get(0).source().ourselves()).isTrue();
        assertThat(world.listed("default", NEW).source().ourselves()).isTrue();
    }

    @Test
    @DisplayName("rest-api 141: a name of another image is found out before the download")
    void a_taken_alias_is_refused_before_the_download() throws Exception {
        world.aliases.put("web", OLD);

        Answer<Arrival> answer = done(world.ask(
                new Bring(SOURCE, "debian/13", null, null, "default", claims("web"), false, "")));

        assertThat(refusal(answer)).isEqualTo("Alias already exists: web");
        assertThat(world.downloads).isEmpty();
    }

    @Test
    @DisplayName("rest-api 3.5 item 9")
    void an_unknown_image_is_refused_in_lxds_words() throws Exception {
        world.upstream = asked -> Answer.no(Refused.notFound("Image not found"));

        assertThat(refusal(done(world.ask(world.bring("nope", "")))))
                .isEqualTo("Failed getting remote image info: Image not found");
    }

    @Test
    @DisplayName("rest-api 133: both fingerprints are named and nothing is listed")
    void other_bytes_than_promised_are_refused() throws Exception {
        world.digest = OLD;
        Future<Answer<Arrival>> answer = world.ask(world.bring("debian/13", ""));
        world.awaitDownloads(1);
        world.deliver(0);

        assertThat(refusal(done(answer))).contains("doesn't match", NEW.hex(), OLD.hex());
        assertThat(world.images).isEmpty();
    }

    @Test
    @DisplayName("rest-api 142: everybody who waits sees the progress")
    void every_watcher_is_told_how_far_it_is() throws Exception {
        List<Watched> seen = new CopyOnWriteArrayList<>();
        done(world.bus.hear(IntakeContract.WATCHED, seen::add));
        world.ask(world.bring("debian/13", "a"));
        world.awaitDownloads(1);
        world.ask(world.bring("debian/13", "b"));
        world.eventually(() -> world.resolved.size() == 2);

        world.bus.announce(
                FetchContract.PROGRESS,
                new Progress(world.downloads.get(0).ticket(), "rootfs", 15, 100, 96_570_000));
        world.eventually(() -> seen.size() == 2);

        assertThat(Set.copyOf(seen)).isEqualTo(Set.of(
                new Watched("a", "rootfs: 15% (96.57MB/s)"), new Watched("b", "rootfs: 15% (96.57MB/s)")));
    }

    @Test
    @DisplayName("rest-api 146: a copy between projects needs no network")
    void an_image_is_shared_with_another_project_on_request() throws Exception {
        Image known = world.put("default", OLD, false, null);

        Answer<Arrival> answer =
                done(world.bus.ask(IntakeContract.SHARE, new Share(known, "p1", claims("web"), false)));

        assertThat(fingerprint(answer)).isEqualTo(OLD.hex());
        assertThat(world.listed("p1", OLD).properties()).isEqualTo(known.properties());
        assertThat(world.aliases).containsEntry("web", OLD);
        assertThat(world.resolved).isEmpty();
    }

    private static UpdateSource followed() {
        return new UpdateSource(SOURCE.server(), SOURCE.protocol(), "", "debian/13", "");
    }

    private static Bring publicly(Bring bring) {
        Claims claims = new Claims(
                null, true, false, false, Map.of(), null, List.of(), null, null, null, Requestor.BERTH, false);
        return new Bring(bring.source(), bring.name(), null, null, bring.project(), claims, false, bring.watcher());
    }

    private static String fingerprint(Answer<Arrival> answer) {
        return answer.fold(
                arrival -> arrival.fold(
                        arrived -> arrived.image().fingerprint().hex(), here -> here.fingerprint().hex()),
                Refused::text);
    }

    private static String refusal(Answer<Arrival> answer) {
        return answer.fold(arrival -> "came in: " + arrival, Refused::text);
    }
}
