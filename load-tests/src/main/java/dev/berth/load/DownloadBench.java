package dev.berth.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An 85 MB public image downloaded by curl, anonymous, over TLS: from Berth, LXD and nginx in turns. */
final class DownloadBench implements Bench {
    private static final int MEGABYTES = 85;
    private static final int ROUNDS = 9;
    /** A service runs for weeks: its first seconds do not count. */
    private static final int WARM_UP = 60;

    @Override
    public String name() {
        return "download";
    }

    @Override
    public List<Finding> run(Ground ground) throws IOException {
        List<Finding> findings = new ArrayList<>();
        try (Scratch scratch = Scratch.on(ground.disk(), "download");
                BerthPeer berth = ground.berth()) {
            Path file = BigImage.write(scratch.path(), "image.tar", MEGABYTES, 85);
            String url = export(berth, file);
            if (LxdPeer.isInstalled()) {
                try (LxdPeer lxd = new LxdPeer(ground.disk())) {
                    Rates rates = inTurns(url, export(lxd, file));
                    findings.add(Finding.atLeast(
                            "anonymous TLS download of 85 MB", rates.first, rates.second, "LXD", "MB/s", 1.3));
                }
            }
            if (NginxPeer.isInstalled()) {
                try (NginxPeer nginx = new NginxPeer(ground.disk(), scratch.path(), "")) {
                    Rates rates = inTurns(url, nginx.https() + "/image.tar");
                    findings.add(Finding.told(
                            "anonymous TLS download of 85 MB", rates.first, rates.second, "nginx", "MB/s"));
                }
            }
        }
        return findings;
    }

    private static String export(Peer peer, Path file) {
        return peer.https() + "/1.0/images/" + new LxdApi(peer).importPublic(file) + "/export";
    }

    /** One after the other, again and again, so that both meet the same moods of the machine. */
    private static Rates inTurns(String first, String second) {
        double[] ofFirst = new double[ROUNDS];
        double[] ofSecond = new double[ROUNDS];
        for (int i = 0; i < WARM_UP; i++) {
            Curl.megabytesPerSecond(first);
            Curl.megabytesPerSecond(second);
        }
        for (int i = 0; i < ROUNDS; i++) {
            ofFirst[i] = Curl.megabytesPerSecond(first);
            ofSecond[i] = Curl.megabytesPerSecond(second);
        }
        return new Rates(Median.of(ofFirst), Median.of(ofSecond));
    }

    private record Rates(double first, double second) {}
}
