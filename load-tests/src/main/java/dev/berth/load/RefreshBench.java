package dev.berth.load;

import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import dev.berth.testkit.upstream.FakeLxd;
import dev.berth.testkit.upstream.FakeUpstream;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** 200 cached images compared with an LXD server that takes 100 ms for every answer; each comparison is two questions. */
final class RefreshBench implements Bench {
    private static final int IMAGES = 200;
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final int LONGEST_SECONDS = 120;

    @Override
    public String name() {
        return "refresh";
    }

    @Override
    public List<Finding> run(Ground ground) throws IOException {
        Vertx vertx = Vertx.vertx();
        try (Scratch scratch = Scratch.on(ground.disk(), "refresh");
                FakeUpstream upstream = FakeUpstream.start(vertx)) {
            Path certificate = upstream.certificate().writtenTo(scratch.path());
            String fetch = "fetch: {allow-private-addresses: [127.0.0.1], trusted-certificates: [%s]}\n".formatted(certificate);
            try (BerthPeer berth = ground.berth(fetch)) {
                fill(berth, upstream);
                upstream.latency(LATENCY);
                double seconds = compared(berth, upstream, fetch + "refresh: {start-after: 2s, start-quiet: 0s}\n");
                return List.of(Finding.bound(
                        IMAGES + " cached images compared with a server of 100 ms latency, after a start", seconds, "s", 3));
            }
        } finally {
            vertx.close();
        }
    }

    private static void fill(BerthPeer berth, FakeUpstream upstream) {
        FakeLxd lxd = upstream.lxd();
        LxdApi api = new LxdApi(berth);
        for (int i = 0; i < IMAGES; i++) {
            String alias = "image-" + i;
            lxd.alias(alias, lxd.add(ImageFixtures.unifiedNamed(Packing.GZIP, alias)));
            api.resolve("lxd", upstream.url(), alias);
        }
    }

    /** From the first question after a start until the last image is compared, in seconds. */
    private static double compared(BerthPeer berth, FakeUpstream upstream, String settings) {
        int before = upstream.asked().size();
        Instant restart = Instant.now();
        berth.restart(settings);
        Daemon.until(() -> upstream.asked().size() > before, LONGEST_SECONDS);
        Instant first = Instant.now();
        LxdApi api = new LxdApi(berth);
        Daemon.until(() -> ends(api).filter(restart::isBefore).count() == IMAGES, LONGEST_SECONDS);
        int questions = upstream.asked().size() - before;
        if (questions < 2 * IMAGES) {
            throw new IllegalStateException("expected " + 2 * IMAGES + " questions, got " + questions);
        }
        Instant last = ends(api).max(Instant::compareTo).orElseThrow();
        return Duration.between(first, last).toMillis() / 1e3;
    }

    /** When images were compared last. */
    private static Stream<Instant> ends(LxdApi api) {
        return StreamSupport.stream(api.get("/berth/v1/refresh").spliterator(), false)
                .filter(check -> check.path("outcome").asText().equals("current"))
                .map(check -> Instant.parse(check.path("last").asText()));
    }
}
