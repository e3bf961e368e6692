package dev.berth.app.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.clients.Eventually;
import dev.berth.testkit.Expect;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.Behaviours;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients and one cold item: how it is served while it arrives, and what happens when it does not. */
class CrowdTest {
    private static final byte[] METADATA = ImageFixtures.metadataTarball(Packing.XZ);
    private static final byte[] ROOTFS = ImageFixtures.squashfsLike(3 << 20);
    private static final int HALF = 1_500_000;
    /** For so many readers that a larger one would only measure the machine. */
    private static final byte[] TINY = ImageFixtures.squashfsLike(256 << 10);

    private static final String SERIAL = "20260821_0742";

    @TempDir
    private Path folder;

    private MirrorWorld world;
    private String theirs;
    private String ours;
    private String theirTiny;
    private String tiny;

    @BeforeEach
    void start() throws Exception {
        world = new MirrorWorld(folder, false);
        world.streams.add("alpine/3.20", SERIAL, METADATA, ROOTFS);
        world.streams.add("alpine/edge", SERIAL, METADATA, TINY);
        world.streams.publish();
        theirTiny = world.streams.path("alpine/edge", SERIAL, "root.squashfs");
        theirs = world.streams.path("alpine/3.20", SERIAL, "root.squashfs");
        world.started(Map.of());
        ours = world.path("alpine/3.20", SERIAL, "squashfs");
        tiny = world.path("alpine/edge", SERIAL, "squashfs");
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void fifty_readers_of_a_cold_item_cost_one_transfer_and_begin_before_it_ends() throws Exception {
        Gate gate = gate();
        List<Future<Received>> readers = new ArrayList<>();
        AtomicLong early = new AtomicLong();
        for (int i = 0; i < 50; i++) {
            readers.add(begin().compose(head -> world.read(head, bytes -> early.addAndGet(bytes.length()))));
        }
        Expect.soon(gate.reached());
        Eventually.holds("every reader has some of it", () -> early.get() > 50L * (HALF / 2));
        assertThat(readers).noneMatch(Future::isComplete);

        gate.open();

        for (Future<Received> reader : readers) {
            assertThat(Expect.soon(reader).bytes()).isEqualTo(ROOTFS);
        }
        assertThat(world.upstream.requests(theirs)).isEqualTo(1);
        assertThat(world.upstream.bytes(theirs)).isEqualTo(ROOTFS.length);
    }

    @Test
    void a_slow_reader_stops_nobody_and_gets_it_all_in_the_end() {
        HttpClientResponse slow = Expect.soon(begin());

        Received fast = world.get(ours);
        Received later = Expect.soon(world.read(slow, bytes -> {}));

        assertThat(fast.bytes()).isEqualTo(ROOTFS);
        assertThat(later.bytes()).isEqualTo(ROOTFS);
        assertThat(world.upstream.requests(theirs)).isEqualTo(1);
    }

    @Test
    void a_part_of_a_cold_item_comes_as_soon_as_it_is_there() {
        Gate gate = gate();

        Received part = world.get(ours, Map.of("Range", "bytes=100-199"));
        boolean before = part.isWhole();
        gate.open();
        Received end = world.get(ours, Map.of("Range", "bytes=" + (ROOTFS.length - 10) + "-"));

        assertThat(before).isTrue();
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(ROOTFS, 100, 200));
        assertThat(end.bytes()).isEqualTo(Arrays.copyOfRange(ROOTFS, ROOTFS.length - 10, ROOTFS.length));
    }

    @Test
    void a_thousand_readers_that_leave_at_once_end_no_transfer() throws Exception {
        Gate gate = gate(theirTiny, TINY.length / 2);
        List<Future<HttpClientResponse>> readers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            readers.add(world.begin(HttpMethod.GET, tiny, Map.of()));
        }
        Expect.soon(Future.all(readers));
        Expect.soon(gate.reached());
        readers.forEach(reader -> reader.result().request().connection().close());
        Expect.soon(world.leave(tiny));

        gate.open();

        Eventually.holds("it is here", () -> world.metric("berth_mirror_fetched_total{upstream=\"up\"}") > 0);
        assertThat(world.get(tiny).bytes()).isEqualTo(TINY);
        assertThat(world.upstream.requests(theirTiny)).isEqualTo(1);
        Eventually.holds("their memory is free", () -> world.metric("berth_http_parts_bytes") == 0);
    }

    @Test
    void a_thousand_readers_at_once_all_get_it() {
        List<Future<Received>> readers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            readers.add(world.ask(HttpMethod.GET, tiny, Map.of()));
        }

        Expect.soon(Future.all(readers));

        assertThat(readers).allMatch(reader -> Arrays.equals(reader.result().bytes(), TINY));
        assertThat(world.upstream.requests(theirTiny)).isEqualTo(1);
    }

    @Test
    @DisplayName("formats 90: nobody can complete a file whose hash is another than the list says")
    void of_a_file_that_lies_nobody_gets_the_end() {
        world.upstream.misbehave(theirs, Behaviours.flip(HALF));

        List<Received> all = crowd(10);

        assertThat(all).noneMatch(reader -> reader.status() == 200 && reader.isWhole());
        assertThat(all).allMatch(reader -> reader.body().length() < ROOTFS.length);
        world.upstream.misbehave(theirs, Behaviours.right());
        assertThat(world.get(ours).bytes()).isEqualTo(ROOTFS);
    }

    @Test
    void a_transfer_that_breaks_cuts_its_readers_off() {
        Gate gate = gate();
        Future<Received> reader = begin().compose(head -> world.read(head, bytes -> {}));
        Expect.soon(gate.reached());

        gate.breakOff();

        assertThat(Expect.soon(reader).isWhole()).isFalse();
        assertThat(world.get(ours).bytes()).isEqualTo(ROOTFS);
    }

    @Test
    void what_the_upstream_lost_is_its_fault_in_words() {
        world.upstream.remove(theirs);

        Received answer = world.get(ours);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body().toString()).contains(theirs, "404");
        assertThat(answer.headers().contains("ETag")).isFalse();
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void an_upstream_that_says_nothing_is_given_up_in_words() throws Exception {
        world.stopped().started(Map.of("fetch.response", "300ms"));
        world.upstream.misbehave(theirs, Behaviours.silence());
        world.upstream.misbehave(world.streams.path("alpine/3.20", SERIAL, "lxd.tar.xz"), Behaviours.silence());

        Received answer = world.get(ours);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(new String(answer.bytes(), StandardCharsets.UTF_8)).contains("did not answer");
    }

    private Gate gate() {
        return gate(theirs, HALF);
    }

    private Gate gate(String path, int at) {
        Gate gate = new Gate(at);
        world.upstream.misbehave(path, 1, gate);
        return gate;
    }

    private Future<HttpClientResponse> begin() {
        return world.begin(HttpMethod.GET, ours, Map.of());
    }

    /** Reads with many at once; who gets no answer at all got nothing. */
    private List<Received> crowd(int many) {
        List<Future<Received>> readers = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            readers.add(world.ask(HttpMethod.GET, ours, Map.of())
                    .otherwise(cause -> new Received(0, null, Buffer.buffer(), cause)));
        }
        return readers.stream().map(Expect::soon).toList();
    }
}
