package dev.berth.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An 85 MB public image downloaded by curl, anonymous, over TLS: from Berth, LXD and nginx in turns. */
final class DownloadBench implements Bench {
    private static final int MEGABYTES = 85;
    private static final int ROUNDS = 25;
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
                    String theirs = export(lxd, file);
                    for (Curl.Version version : Curl.Version.values()) {
                        Downloads ours = new Downloads(version, url, berth.pid());
                        besideLxd(version, ours, new Downloads(version, theirs, lxd.pid()), findings);
                    }
                }
            }
            if (NginxPeer.isInstalled()) {
                try (NginxPeer nginx = new NginxPeer(ground.disk(), scratch.path(), "")) {
                    Curl.Version version = Curl.Version.HTTP_1_1;
                    Downloads ours = new Downloads(version, url, berth.pid());
                    besideNginx(version, ours, new Downloads(version, nginx.https() + "/image.tar", nginx.pid()), findings);
                }
            }
        }
        return findings;
    }

    private static void besideLxd(Curl.Version version, Downloads ours, Downloads theirs, List<Finding> findings) {
        inTurns(ours, theirs);
        findings.add(Finding.atLeast(
                what(version), ours.megabytesPerSecond(), theirs.megabytesPerSecond(), "LXD", "MB/s", 1.3));
        processorTime(version, ours, theirs, "LXD", findings);
        findings.add(Finding.told(
                "processor time of curl for it, " + version, ours.clientMillis(), theirs.clientMillis(), "from LXD", "ms"));
    }

    private static void besideNginx(Curl.Version version, Downloads ours, Downloads theirs, List<Finding> findings) {
        inTurns(ours, theirs);
        findings.add(Finding.told(
                what(version), ours.megabytesPerSecond(), theirs.megabytesPerSecond(), "nginx", "MB/s"));
        processorTime(version, ours, theirs, "nginx", findings);
    }

    private static void processorTime(
            Curl.Version version, Downloads ours, Downloads theirs, String whose, List<Finding> findings) {
        findings.add(Finding.told(
                "processor time of the server for it, " + version, ours.serverMillis(), theirs.serverMillis(), whose, "ms"));
    }

    private static String what(Curl.Version version) {
        return "anonymous TLS download of 85 MB, " + version;
    }

    private static String export(Peer peer, Path file) {
        return peer.https() + "/1.0/images/" + new LxdApi(peer).importPublic(file) + "/export";
    }

    /** One after the other, again and again, so that both meet the same moods of the machine. */
    private static void inTurns(Downloads first, Downloads second) {
        for (int i = 0; i < WARM_UP; i++) {
            first.warmUp();
            second.warmUp();
        }
        for (int i = 0; i < ROUNDS; i++) {
            first.measure();
            second.measure();
        }
    }
}
