package dev.berth.load;

import dev.berth.load.NginxPeer.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Many clients want one cold item at once, and the upstream is slower than they are: Berth's mirror, and nginx's {@code
 * proxy_cache} with its lock on and off, before the same upstream. Over plain HTTP: what is measured is how a cache
 * spreads one transfer, not TLS.
 */
final class ColdBench implements Bench {
    /** Images that crowds fetch before: a service runs for weeks, and its first minute is not what is asked about. */
    private static final int WARM_UP = 10;

    private static final int WARM_UP_ROUNDS = 5;
    private static final int ROUNDS = 3;
    private static final Scene FULL = new Scene(100, 200, 50);
    /** Scenes in which the machine, on which the clients run as well, is not what everybody waits for. */
    private static final List<Scene> SMALLER = List.of(new Scene(10, 200, 50), new Scene(100, 20, 5), new Scene(100, 200, 20));
    private static final String CACHE = "proxy_cache_path cache keys_zone=items:1m max_size=10g;";
    private static final String CACHED = """
            location / { proxy_pass %s; proxy_ssl_verify off; proxy_cache items; proxy_cache_valid 200 1h;
              proxy_cache_lock %s; proxy_cache_lock_timeout 120s; proxy_cache_lock_age 120s; }
            """;

    @Override
    public String name() {
        return "cold";
    }

    @Override
    public List<Finding> run(Ground ground) throws Exception {
        List<Finding> findings = new ArrayList<>();
        for (Scene scene : SMALLER) {
            scene.on(ground, sites -> judge(findings, scene, throughBerth(ground, sites, scene, findings)));
        }
        FULL.on(ground, sites -> {
            Run berth = throughBerth(ground, sites, FULL, findings);
            judge(findings, FULL, berth);
            compare(findings, berth, "lock on", throughNginx(ground, sites.get(0), "on"));
            compare(findings, berth, "lock off", throughNginx(ground, sites.get(0), "off"));
            findings.add(Finding.told("until the last client has all", berth.seconds, warm(ground, sites.get(0)),
                    "nginx, with the file on its disk from the start", "s"));
        });
        return findings;
    }

    /** @param megabytesPerSecond that the upstream sends */
    private record Scene(int readers, int megabytes, int megabytesPerSecond) {
        interface Act {
            /** @param sites the one that is measured first, then small ones to warm up with */
            void on(List<StreamSite> sites) throws Exception;
        }

        void on(Ground ground, Act act) throws Exception {
            try (Scratch scratch = Scratch.on(ground.disk(), "cold")) {
                act.on(StreamSite.writeAmong(scratch.path(), megabytes, 200, WARM_UP));
            }
        }

        String upstream() {
            return NginxPeer.LOGGING + " limit_rate " + megabytesPerSecond + "m;";
        }

        @Override
        public String toString() {
            return readers + " clients of " + megabytes + " MB at " + megabytesPerSecond + " MB/s";
        }
    }

    /**
     * @param upstreamBytes as a multiple of the file
     * @param seconds until the last reader had all
     * @param lag of the last reader behind the end of the transfer from upstream, in seconds
     * @param firstByte p99 in seconds, less the upstream's own
     */
    private record Run(double upstreamBytes, double seconds, double lag, double firstByte) {
        static Run median(List<Run> runs) {
            return new Run(
                    median(runs, Run::upstreamBytes), median(runs, Run::seconds), median(runs, Run::lag), median(runs, Run::firstByte));
        }

        private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
            return Median.of(runs.stream().mapToDouble(figure).toArray());
        }
    }

    private static void judge(List<Finding> findings, Scene scene, Run berth) {
        String who = scene + ": ";
        findings.add(Finding.bound(who + "upstream bytes / size", berth.upstreamBytes, "times", 1.01));
        findings.add(Finding.bound(who + "last client after the end of the fetch", berth.lag, "s", 1));
        findings.add(Finding.bound(who + "first byte p99 beyond the upstream's own", 1000 * berth.firstByte, "ms", 100));
    }

    private static Run throughBerth(Ground ground, List<StreamSite> sites, Scene scene, List<Finding> findings)
            throws Exception {
        int plain = Daemon.freePort();
        try (NginxPeer upstream = new NginxPeer(ground.disk(), sites.get(0).root(), scene.upstream());
                BerthPeer berth = ground.berth(settings(plain, upstream));
                MemoryWatch memory = MemoryWatch.of(berth)) {
            String base = "http://127.0.0.1:" + plain + "/mirror/slow/";
            for (StreamSite small : sites.subList(1, sites.size())) {
                Crowd.of(scene.readers(), base + MirrorIndex.rootfs(berth, "slow", small.alias()), small.length());
            }
            StreamSite site = sites.get(0);
            String url = base + MirrorIndex.rootfs(berth, "slow", site.alias());
            List<Run> runs = new ArrayList<>();
            for (int i = -WARM_UP_ROUNDS; i < ROUNDS; i++) {
                Run run = measure(upstream, site, url, scene.readers());
                if (i >= 0) {
                    runs.add(run);
                }
                new LxdApi(berth).delete(site.fingerprint());
                TimeUnit.SECONDS.sleep(1);
            }
            findings.add(Finding.bound(
                    scene + ": heap and direct memory meanwhile, peak", memory.peakMib(), "MiB", 192));
            return Run.median(runs);
        }
    }

    private static String settings(int plain, NginxPeer upstream) {
        return """
                plain: 127.0.0.1:%d
                store: {delete-grace: 1ms}
                fetch: {allow-private-addresses: [127.0.0.1], trusted-certificates: [%s]}
                upstreams: {slow: {protocol: simplestreams, url: "%s"}}
                """.formatted(plain, upstream.certificate(), upstream.https());
    }

    private static Run throughNginx(Ground ground, StreamSite site, String lock) throws Exception {
        try (NginxPeer upstream = new NginxPeer(ground.disk(), site.root(), FULL.upstream());
                NginxPeer cache =
                        new NginxPeer(ground.disk(), site.root(), CACHE, CACHED.formatted(upstream.https(), lock))) {
            return measure(upstream, site, cache.http() + "/" + site.rootfs(), FULL.readers());
        }
    }

    /** What this machine needs to move as many bytes to as many clients when nobody waits for an upstream, in seconds. */
    private static double warm(Ground ground, StreamSite site) throws IOException, InterruptedException {
        try (NginxPeer nginx = new NginxPeer(ground.disk(), site.root(), "")) {
            long start = System.nanoTime();
            Crowd.of(FULL.readers(), nginx.http() + "/" + site.rootfs(), site.length());
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static Run measure(NginxPeer upstream, StreamSite site, String url, int readers)
            throws IOException, InterruptedException {
        long length = site.length();
        double own = new Reader(upstream.http() + "/" + site.metadata(), Files.size(site.root().resolve(site.metadata())))
                .call()
                .firstByteSeconds();
        int before = upstream.served(site.rootfs()).size();
        double start = System.currentTimeMillis() / 1e3;
        Crowd crowd = Crowd.of(readers, url, length);
        TimeUnit.MILLISECONDS.sleep(500);
        List<Served> all = upstream.served(site.rootfs());
        List<Served> served = all.subList(before, all.size());
        double bytes = served.stream().mapToLong(Served::bytes).sum() / (double) length;
        double fetched = served.stream().mapToDouble(Served::ended).max().orElseThrow();
        return new Run(bytes, crowd.lastEnd() - start, crowd.lastEnd() - fetched, crowd.firstByteP99() - own);
    }

    private static void compare(List<Finding> findings, Run berth, String how, Run nginx) {
        String name = "nginx proxy_cache, " + how;
        findings.add(Finding.told("upstream bytes / size", berth.upstreamBytes, nginx.upstreamBytes, name, "times"));
        findings.add(Finding.told("until the last client has all", berth.seconds, nginx.seconds, name, "s"));
        findings.add(Finding.told("first byte p99", 1000 * berth.firstByte, 1000 * nginx.firstByte, name, "ms"));
    }
}
