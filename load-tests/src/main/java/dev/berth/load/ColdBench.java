package dev.berth.load;

import dev.berth.load.NginxPeer.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many clients want one cold item at once, and the upstream is slower than they are: Berth's mirror, and nginx's {@code
 * proxy_cache} with its lock on and off, before the same upstream. Over plain HTTP: what is measured is how a cache
 * spreads one transfer, not TLS.
 */
final class ColdBench implements Bench {
    private static final int READERS = 100;
    /** So few that the machine, on which the clients run as well, is not what everybody waits for. */
    private static final int FEW = 10;
    private static final int MEGABYTES = 200;
    private static final String SLOW = NginxPeer.LOGGING + " limit_rate 50m;";
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
        Path folder = Daemon.folder(ground.disk(), "cold");
        List<Finding> findings = new ArrayList<>();
        try {
            StreamSite site = StreamSite.write(folder, MEGABYTES, 200);
            judge(findings, FEW, throughBerth(ground, site, FEW, findings));
            Run berth = throughBerth(ground, site, READERS, findings);
            judge(findings, READERS, berth);
            compare(findings, berth, "lock on", throughNginx(ground, site, "on"));
            compare(findings, berth, "lock off", throughNginx(ground, site, "off"));
        } finally {
            Shell.run("rm", "-rf", "--one-file-system", folder.toString());
        }
        return findings;
    }

    /**
     * @param upstreamBytes as a multiple of the file
     * @param seconds until the last reader had all
     * @param lag of the last reader behind the end of the transfer from upstream, in seconds
     * @param firstByte p99 in seconds, less the upstream's own
     */
    private record Run(double upstreamBytes, double seconds, double lag, double firstByte) {}

    private static void judge(List<Finding> findings, int readers, Run berth) {
        String who = readers + " clients: ";
        findings.add(Finding.bound(who + "upstream bytes / size", berth.upstreamBytes, "times", 1.01));
        findings.add(Finding.bound(who + "last client after the end of the fetch", berth.lag, "s", 1));
        findings.add(Finding.bound(who + "first byte p99 beyond the upstream's own", 1000 * berth.firstByte, "ms", 100));
    }

    private static Run throughBerth(Ground ground, StreamSite site, int readers, List<Finding> findings) throws Exception {
        int plain = Daemon.freePort();
        try (NginxPeer upstream = new NginxPeer(ground.disk(), site.root(), SLOW);
                BerthPeer berth = ground.berth(settings(plain, upstream));
                MemoryWatch memory = MemoryWatch.of(berth)) {
            String base = "http://127.0.0.1:" + plain + "/mirror/slow/";
            Run run = measure(upstream, site, base + MirrorIndex.rootfs(berth, "slow"), readers);
            findings.add(Finding.bound(
                    readers + " clients: heap and direct memory meanwhile, peak", memory.peakMib(), "MiB", 192));
            return run;
        }
    }

    private static String settings(int plain, NginxPeer upstream) {
        return """
                plain: 127.0.0.1:%d
                fetch: {allow-private-addresses: [127.0.0.1], trusted-certificates: [%s]}
                upstreams: {slow: {protocol: simplestreams, url: "%s"}}
                """.formatted(plain, upstream.certificate(), upstream.https());
    }

    private static Run throughNginx(Ground ground, StreamSite site, String lock) throws Exception {
        try (NginxPeer upstream = new NginxPeer(ground.disk(), site.root(), SLOW);
                NginxPeer cache =
                        new NginxPeer(ground.disk(), site.root(), CACHE, CACHED.formatted(upstream.https(), lock))) {
            return measure(upstream, site, cache.http() + "/" + site.rootfs(), READERS);
        }
    }

    private static Run measure(NginxPeer upstream, StreamSite site, String url, int readers)
            throws IOException, InterruptedException {
        long length = Files.size(site.root().resolve(site.rootfs()));
        double own = new Reader(upstream.http() + "/" + site.metadata(), Files.size(site.root().resolve(site.metadata())))
                .call()
                .firstByteSeconds();
        double start = System.currentTimeMillis() / 1e3;
        Crowd crowd = Crowd.of(readers, url, length);
        TimeUnit.MILLISECONDS.sleep(500);
        List<Served> served = upstream.served(site.rootfs());
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
