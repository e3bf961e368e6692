package dev.berth.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A large split image copied from nginx over TLS until it is durable and listed, beside curl and sync of the same files
 * on the same disk, and beside LXD copying the same image.
 */
final class PullBench implements Bench {
    private static final int ROUNDS = 5;
    /** A service runs for weeks: its first seconds do not count. */
    private static final int WARM_UP = 10;
    private static final int LXD_ROUNDS = 3;

    @Override
    public String name() {
        return "pull";
    }

    @Override
    public List<Finding> run(Ground ground) throws IOException {
        List<Finding> findings = new ArrayList<>();
        if (!NginxPeer.isInstalled()) {
            System.out.println("nginx is not installed: nothing was pulled");
            return findings;
        }
        try (Scratch scratch = Scratch.on(ground.disk(), "pull")) {
            Path folder = scratch.path();
            StreamSite site = StreamSite.write(folder, ground.gigabyte(), 1);
            try (NginxPeer nginx = new NginxPeer(ground.disk(), folder, "")) {
                double berth = besideCurl(ground, nginx, site, findings);
                if (LxdPeer.isInstalled()) {
                    findings.add(Finding.atLeast("pull of " + ground.large() + " from nginx over TLS (LXD syncs nothing)",
                            1 / berth, 1 / byLxd(ground, nginx), "LXD", "images/s", 1.5));
                }
            }
        }
        return findings;
    }

    /** What Berth needs with memory just left, in seconds. */
    private static double besideCurl(Ground ground, NginxPeer nginx, StreamSite site, List<Finding> findings) {
        try (BerthPeer berth = ground.berth(trusting(nginx) + "store: {delete-grace: 1ms}\n")) {
            LxdApi api = new LxdApi(berth);
            for (int i = 0; i < WARM_UP; i++) {
                pull(api, nginx);
            }
            double median = compare(ground, nginx, site, api, MemoryState.LEFT, findings);
            compare(ground, nginx, site, api, MemoryState.FROM_HOST, findings);
            findings.add(MemoryWatch.peak("heap and direct memory meanwhile, peak", berth, ROUNDS, () -> pull(api, nginx)));
            return median;
        }
    }

    private static double compare(
            Ground ground, NginxPeer nginx, StreamSite site, LxdApi api, MemoryState state, List<Finding> findings) {
        double[] pulls = new double[ROUNDS];
        double[] downloads = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            downloads[i] = state.measure(ground.disk(), () -> curl(ground, nginx, site));
            pulls[i] = state.measure(ground.disk(), () -> pull(api, nginx));
        }
        double median = Median.of(pulls);
        findings.add(Finding.atMost("pull of " + ground.large() + " from nginx over TLS, durable, " + state,
                median, Median.of(downloads), "curl + sync", "s", 1.25));
        return median;
    }

    /** Settings of a Berth that may fetch from it. */
    static String trusting(NginxPeer nginx) {
        return "fetch: {allow-private-addresses: [127.0.0.1], trusted-certificates: [" + nginx.certificate() + "]}\n";
    }

    private static double pull(LxdApi api, NginxPeer nginx) {
        long start = System.nanoTime();
        String fingerprint = api.finished(api.pull(nginx.https(), StreamSite.ALIAS));
        double seconds = (System.nanoTime() - start) / 1e9;
        api.delete(fingerprint);
        return seconds;
    }

    private static double curl(Ground ground, NginxPeer nginx, StreamSite site) {
        try (Scratch scratch = Scratch.on(ground.disk(), "curl")) {
            Path into = scratch.path();
            String files = "%1$s/metadata %1$s/rootfs".formatted(into);
            return Shell.run("sh", "-c", "curl -sSf --cacert %1$s -o %2$s/metadata %3$s/%4$s -o %2$s/rootfs %3$s/%5$s && sync %6$s"
                            .formatted(nginx.certificate(), into, nginx.https(), site.metadata(), site.rootfs(), files))
                    .orFail()
                    .seconds();
        }
    }

    private static double byLxd(Ground ground, NginxPeer nginx) {
        Map<String, String> trusting = Map.of("SSL_CERT_FILE", nginx.certificate().toString());
        try (LxdPeer lxd = new LxdPeer(ground.disk(), trusting)) {
            lxd.run("remote", "add", "stream", nginx.https(), "--protocol=simplestreams");
            return Median.of(LXD_ROUNDS, () -> MemoryState.LEFT.measure(ground.disk(), () -> {
                double seconds = lxd.run("image", "copy", "stream:" + StreamSite.ALIAS, "local:", "--alias", "copy");
                lxd.run("image", "delete", "local:copy");
                return seconds;
            }));
        }
    }
}
