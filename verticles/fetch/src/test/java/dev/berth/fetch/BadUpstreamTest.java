package dev.berth.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.FetchContract;
import dev.berth.contract.FetchContract.Download;
import dev.berth.contract.FetchContract.Offer;
import dev.berth.contract.FetchContract.Opened;
import dev.berth.contract.FetchContract.Progress;
import dev.berth.contract.FetchContract.Source;
import dev.berth.contract.Refused;
import dev.berth.fetch.http.HttpLimits;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.upstream.Behaviour;
import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeLxd;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on the way, and that nothing wrong ever looks complete (reliability S02, R60 to R62). */
class BadUpstreamTest {
    private static final byte[] FILE = ImageFixtures.squashfsLike(600_000);
    private static final byte[] METADATA = ImageFixtures.squashfsLike(70_000);

    @TempDir Path folder;
    private FetchWorld world;
    private FakeLxd lxd;
    private String fingerprint;
    private String export;

    @BeforeEach
    void start() {
        start(FetchWorld.QUICK);
    }

    private void start(HttpLimits limits) {
        world = new FetchWorld(folder);
        world.deployed(world.conf(limits, List.of("127.0.0.1")));
        lxd = world.upstream.lxd();
        fingerprint = lxd.add(FILE);
        export = FakeLxd.exportPath(fingerprint);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    @DisplayName("R60: what is there is not fetched again")
    void a_cut_download_is_resumed_where_it_broke_off() {
        byte[] large = ImageFixtures.squashfsLike(6_000_000);
        String image = lxd.add(large);
        String path = FakeLxd.exportPath(image);
        world.upstream.misbehave(path, 1, Behaviours.cutAt(4_000_000));

        assertThat(world.fetch(world.source("lxd"), image)).extracting(Arrived::bytes).containsExactly(large);
        assertThat(world.upstream.bytes(path)).isLessThan(large.length * 11L / 10);
        Map<String, String> second = world.upstream.asked().get(world.upstream.asked().size() - 1).headers();
        assertThat(second).containsKeys("Range", "If-Range");
        long from = Long.parseLong(second.get("Range").replaceAll("\\D", ""));
        assertThat(world.upstream.bytes(path)).isEqualTo(4_000_000L + large.length - from);
        assertThat(world.registry.counter("berth.fetch.retries").count()).isEqualTo(1);
    }

    @Test
    @DisplayName("R60: a server that ignores Range")
    void a_server_that_begins_again_is_compared_with_what_was_sent() {
        Behaviour cut = Behaviours.cutAt(300_000);
        world.upstream.misbehave(export, exchange -> {
            if (exchange.request().getHeader("Range") == null) {
                cut.answer(exchange);
            } else {
                exchange.sendWhole();
            }
        });

        assertArrived(fetched());
    }

    @Test
    @DisplayName("R60: a server that ignores Range and sends something else")
    void another_file_than_before_is_not_glued_to_the_first() {
        Behaviour cut = Behaviours.cutAt(300_000);
        world.upstream.misbehave(export, exchange -> {
            byte[] other = exchange.content().bytes().clone();
            other[5] ^= 1;
            if (exchange.request().getHeader("Range") == null) {
                cut.answer(exchange);
            } else {
                exchange.with(other).sendWhole();
            }
        });

        assertThat(fetched().failure()).contains("changed while it was fetched: its first", "had SHA-256");
    }

    @Test
    void a_split_image_is_resumed_within_its_second_part() {
        String split = lxd.addSplit(METADATA, FILE, false);
        world.upstream.misbehave(FakeLxd.exportPath(split), 1, Behaviours.cutAt(500_000));

        assertThat(world.fetch(world.source("lxd"), split)).extracting(Arrived::bytes).containsExactly(METADATA, FILE);
    }

    @Test
    void a_split_image_that_begins_again_arrives_once() {
        String split = lxd.addSplit(METADATA, FILE, false);
        String path = FakeLxd.exportPath(split);
        Behaviour cut = Behaviours.cutAt(500_000);
        world.upstream.misbehave(path, exchange -> {
            if (exchange.request().getHeader("Range") == null) {
                cut.answer(exchange);
            } else {
                exchange.sendWhole();
            }
        });

        assertThat(world.fetch(world.source("lxd"), split)).extracting(Arrived::bytes).containsExactly(METADATA, FILE);
    }

    @Test
    @DisplayName("R61: given up after the stall limit and tried again")
    void a_stalled_download_goes_on_with_another_connection() {
        stop();
        start(FetchWorld.IMPATIENT);
        world.upstream.misbehave(export, 1, Behaviours.stallAt(200_000));

        assertArrived(fetched());
    }

    @Test
    void a_server_that_always_stalls_is_given_up_in_words() {
        stop();
        start(FetchWorld.IMPATIENT);
        world.upstream.misbehave(export, Behaviours.stallAt(1_000));

        assertThat(fetched().failure()).contains("stalled: nothing came for 300 ms");
    }

    @Test
    @DisplayName("S02: one byte too many")
    void a_body_longer_than_promised_fails() {
        world.upstream.misbehave(export, Behaviours.lengthenBy(1));

        assertThat(fetched().failure()).contains("size mismatch: expected " + FILE.length + " bytes, got more", "kept nothing");
    }

    @Test
    @DisplayName("S02: an endless body")
    void an_endless_body_is_left_at_the_byte_after_the_last() {
        world.upstream.misbehave(export, Behaviours.endless());

        assertThat(fetched().failure()).contains("size mismatch: expected " + FILE.length + " bytes, got more");
    }

    @Test
    @DisplayName("S02: a short body that looks whole")
    void a_short_body_fails_and_both_lengths_are_named() {
        world.upstream.misbehave(export, Behaviours.shortenTo(1000));

        assertThat(fetched().failure()).contains("size mismatch: expected " + FILE.length + " bytes, got 1000");
    }

    @Test
    void a_split_body_whose_files_are_too_long_together_fails() {
        String split = lxd.addSplit(METADATA, FILE, false);
        Offer offer = Expect.yes(world.resolve(world.source("lxd"), split));
        byte[] longer = Arrays.copyOf(FILE, FILE.length + 1);
        String other = lxd.addSplit(METADATA, longer, false);
        world.upstream.misbehave(FakeLxd.exportPath(split), Behaviours.redirect(FakeLxd.exportPath(other)));

        List<Arrived> files = world.read(world.source("lxd"), offer);
        assertThat(files.get(1).failure()).contains("size mismatch: expected " + (METADATA.length + FILE.length));
    }

    @Test
    @DisplayName("S01: LXD protocol, wrong bytes of the right length")
    void a_wrong_byte_is_found_and_both_hashes_are_named() {
        world.upstream.misbehave(export, Behaviours.flip(10));

        assertThat(fetched().failure()).contains("Hash mismatch", fingerprint);
    }

    @Test
    @DisplayName("R62: Retry-After is honoured")
    void a_busy_server_is_left_alone_for_as_long_as_it_asks() {
        world.upstream.misbehave(export, 1, Behaviours.busy(503, Duration.ofSeconds(1)));
        long before = System.nanoTime();

        assertArrived(fetched(Expect.yes(world.resolve(world.source("lxd"), fingerprint))));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_server_that_never_answers_is_refused_in_words() {
        world.upstream.misbehave(FakeLxd.infoPath(fingerprint), Behaviours.silence());

        assertThat(refused(world.source("lxd")).text()).contains("did not answer: timed out");
    }

    @Test
    void a_redirect_loop_ends() {
        world.upstream.misbehave(FakeLxd.infoPath(fingerprint), Behaviours.redirect(FakeLxd.infoPath(fingerprint)));

        assertThat(refused(world.source("lxd")).text()).contains("expected at most 10 redirects");
        assertThat(world.upstream.requests(FakeLxd.infoPath(fingerprint))).isEqualTo(10);
    }

    @Test
    void a_reader_that_stops_stops_the_download() {
        world.upstream.misbehave(export, Behaviours.stallAt(100_000));
        Offer offer = Expect.yes(world.resolve(world.source("lxd"), fingerprint));
        Promise<Answer<Opened>> answer = Promise.promise();
        world.bus.ask(FetchContract.DOWNLOAD, new Download("t", world.source("lxd"), offer)).onComplete(answer);
        String address = Expect.yes(Expect.soon(answer.future())).streams().get(0);

        Expect.soon(world.streams.inlet(address)).abort("had enough");

        assertThat(Expect.soon(Gone.running(world.vertx, world.registry))).isZero();
    }

    @Test
    void progress_ends_with_all_bytes() {
        Promise<Progress> whole = Promise.promise();
        Expect.soon(world.bus.hear(FetchContract.PROGRESS, progress -> {
            if (progress.bytes() == FILE.length) {
                whole.tryComplete(progress);
            }
        }));

        fetched();

        assertThat(Expect.soon(whole.future()).total()).isEqualTo(FILE.length);
    }

    private Refused refused(Source source) {
        return Expect.no(world.resolve(source, fingerprint));
    }

    private Arrived fetched() {
        return fetched(Expect.yes(world.resolve(world.source("lxd"), fingerprint)));
    }

    private Arrived fetched(Offer offer) {
        return world.read(world.source("lxd"), offer).get(0);
    }

    private static void assertArrived(Arrived file) {
        assertThat(file.isComplete()).as(file.failure()).isTrue();
        assertThat(file.bytes()).isEqualTo(FILE);
    }
}
