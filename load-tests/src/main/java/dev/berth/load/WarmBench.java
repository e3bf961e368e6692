package dev.berth.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An image stream of Berth's own beside nginx with the same files: one item by curl, the index by wrk. */
final class WarmBench implements Bench {
    private static final int MEGABYTES = 85;
    private static final int ROUNDS = 15;
    /** A service runs for weeks: its first seconds do not count. */
    private static final int WARM_UP = 100;
    private static final int CONNECTIONS = 16;
    private static final int SECONDS = 10;

    @Override
    public String name() {
        return "warm";
    }

    @Override
    public List<Finding> run(Ground ground) throws IOException {
        int plain = Daemon.freePort();
        List<Finding> findings = new ArrayList<>();
        try (Scratch scratch = Scratch.on(ground.disk(), "warm");
                BerthPeer berth = ground.berth("plain: 127.0.0.1:" + plain)) {
            Path folder = scratch.path();
            Path file = BigImage.write(folder, "image.tar", MEGABYTES, 85);
            new LxdApi(berth).importPublic(file);
            String item = "/" + MirrorIndex.item(berth, "", "lxd_combined.tar.gz");
            String index = "/streams/v1/index.json";
            copyIndex(berth, folder, index);
            try (NginxPeer nginx = new NginxPeer(ground.disk(), folder, "")) {
                String http = "http://127.0.0.1:" + plain;
                findings.add(rates("index over plain HTTP", http + index, nginx.http() + index));
                findings.add(rates("index over TLS", berth.https() + index, nginx.https() + index));
                findings.add(speeds("warm item over plain HTTP", http + item, nginx.http() + "/image.tar", 0.9));
                findings.add(speeds("warm item over TLS", berth.https() + item, nginx.https() + "/image.tar", 0.7));
            }
        }
        return findings;
    }

    /** nginx serves the very same bytes. */
    private static void copyIndex(BerthPeer berth, Path folder, String index) throws IOException {
        Path copy = folder.resolve(index.substring(1));
        Files.createDirectories(copy.getParent());
        Shell.run("curl", "-skf", "-o", copy.toString(), berth.https() + index).orFail();
    }

    /** One after the other, again and again, so that both meet the same moods of the machine. */
    private static Finding speeds(String question, String berth, String nginx, double least) {
        double[] ofBerth = new double[ROUNDS];
        double[] ofNginx = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            double first = Curl.download(Curl.Version.HTTP_1_1, berth).megabytesPerSecond();
            double second = Curl.download(Curl.Version.HTTP_1_1, nginx).megabytesPerSecond();
            if (i >= 0) {
                ofBerth[i] = first;
                ofNginx[i] = second;
            }
        }
        return Finding.atLeast(question, Median.of(ofBerth), Median.of(ofNginx), "nginx", "MB/s", least);
    }

    private static Finding rates(String question, String berth, String nginx) {
        Wrk.rate(berth, CONNECTIONS, SECONDS);
        double ofBerth = Wrk.rate(berth, CONNECTIONS, SECONDS);
        double ofNginx = Wrk.rate(nginx, CONNECTIONS, SECONDS);
        return Finding.atLeast(question, ofBerth, ofNginx, "nginx", "requests/s", 0.5);
    }
}
