package dev.berth.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Twenty large images pulled at once, and what memory that takes. Needs 20 GiB of disk; the other side's files are holes. */
final class ManyBench implements Bench {
    private static final int TRANSFERS = 20;
    private static final double BOUND_MIB = 192;

    @Override
    public String name() {
        return "many";
    }

    @Override
    public List<Finding> run(Ground ground) throws IOException {
        List<Finding> findings = new ArrayList<>();
        if (!NginxPeer.isInstalled()) {
            System.out.println("nginx is not installed: nothing was pulled");
            return findings;
        }
        try (Scratch scratch = Scratch.on(ground.disk(), "many")) {
            Path folder = scratch.path();
            List<StreamSite> sites = StreamSite.holes(folder, TRANSFERS, ground.gigabyte());
            try (NginxPeer nginx = new NginxPeer(ground.disk(), folder, "")) {
                findings.add(memory(ground, nginx, sites.subList(0, 1)));
                findings.add(memory(ground, nginx, sites));
            }
        }
        return findings;
    }

    private static Finding memory(Ground ground, NginxPeer nginx, List<StreamSite> sites) {
        try (BerthPeer berth = ground.berth(PullBench.trusting(nginx));
                MemoryWatch memory = MemoryWatch.of(berth)) {
            LxdApi api = new LxdApi(berth);
            List<String> operations =
                    sites.stream().map(site -> api.pull(nginx.https(), site.alias())).toList();
            for (int i = 0; i < sites.size(); i++) {
                String got = api.finished(operations.get(i));
                if (!got.equals(sites.get(i).fingerprint())) {
                    throw new IllegalStateException("expected " + sites.get(i).fingerprint() + ", got " + got);
                }
            }
            return Finding.bound(
                    "heap and direct memory, peak, " + sites.size() + " × " + ground.large() + " at once",
                    memory.peakMib(), "MiB", BOUND_MIB);
        }
    }
}
