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
                    besideLxd(url, export(lxd, file), findings);
                }
            }
            if (NginxPeer.isInstalled()) {
                try (NginxPeer nginx = new NginxPeer(ground.disk(), scratch.path(), "")) {
                    Rates rates = inTurns(Curl.Version.HTTP_1_1, url, nginx.https() + "/image.tar");
                    findings.add(Finding.told(what(Curl.Version.HTTP_1_1), rates.first, rates.second, "nginx", "MB/s"));
                }
            }
        }
        return findings;
    }

    private static void besideLxd(String url, String theirs, List<Finding> findings) {
        for (Curl.Version version : Curl.Version.values()) {
            Rates rates = inTurns(version, url, theirs);
            findings.add(Finding.atLeast(what(version), rates.first, rates.second, "LXD", "MB/s", 1.3));
        }
    }

    private static String what(Curl.Version version) {
        return "anonymous TLS download of 85 MB, " + version;
    }

    private static String export(Peer peer, Path file) {
        return peer.https() + "/1.0/images/" + new LxdApi(peer).importPublic(file) + "/export";
    }

    /** One after the other, again and again, so that both meet the same moods of the machine. */
    private static Rates inTurns(Curl.Version version, String first, String second) {
        double[] ofFirst = new double[ROUNDS];
        double[] ofSecond = new double[ROUNDS];
        for (int i = 0; i < WARM_UP; i++) {
            Curl.megabytesPerSecond(version, first);
            Curl.megabytesPerSecond(version, second);
        }
        for (int i = 0; i < ROUNDS; i++) {
            ofFirst[i] = Curl.megabytesPerSecond(version, first);
            ofSecond[i] = Curl.megabytesPerSecond(version, second);
        }
        return new Rates(Median.of(ofFirst), Median.of(ofSecond));
    }

    private record Rates(double first, double second) {}
}
