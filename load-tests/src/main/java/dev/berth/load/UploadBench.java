package dev.berth.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A 1 GiB image uploaded over the unix socket, until it is durable and listed, beside {@code cp} and {@code sync} of the
 * same file on the same disk; and the memory that takes.
 */
final class UploadBench implements Bench {
    private static final int MEGABYTES = 1024;
    private static final int ROUNDS = 5;
    private static final double MEMORY_BOUND_MIB = 192;

    @Override
    public String name() {
        return "upload";
    }

    @Override
    public List<Finding> run(Ground ground) throws IOException {
        List<Finding> findings = new ArrayList<>();
        try (Scratch scratch = Scratch.on(ground.disk(), "upload")) {
            Path file = BigImage.write(scratch.path(), "image.tar", MEGABYTES, 1024);
            double median = besideCopy(ground, file, findings);
            if (LxdPeer.isInstalled()) {
                besideLxd(ground, file, median, findings);
            }
        }
        return findings;
    }

    /** What Berth needs, in seconds. */
    private static double besideCopy(Ground ground, Path file, List<Finding> findings) {
        try (BerthPeer berth = ground.berth();
                MemoryWatch memory = MemoryWatch.of(berth)) {
            double[] uploads = new double[ROUNDS];
            double[] copies = new double[ROUNDS];
            upload(berth, file);
            upload(berth, file);
            for (int i = 0; i < ROUNDS; i++) {
                copies[i] = copy(file);
                uploads[i] = upload(berth, file);
            }
            double median = Median.of(uploads);
            findings.add(Finding.atMost(
                    "upload of 1 GiB, durable", median, Median.of(copies), "cp + sync", "s", 1.3));
            findings.add(Finding.bound("heap and direct memory meanwhile, peak", memory.peakMib(), "MiB", MEMORY_BOUND_MIB));
            return median;
        }
    }

    private static void besideLxd(Ground ground, Path file, double berth, List<Finding> findings) {
        try (LxdPeer lxd = new LxdPeer(ground.disk())) {
            double seconds = Median.of(3, () -> upload(lxd, file));
            findings.add(Finding.told("upload of 1 GiB, durable (LXD syncs nothing)", berth, seconds, "LXD", "s"));
        }
    }

    private static double copy(Path file) {
        Calm.down();
        String from = file.toString();
        String to = from + ".copy";
        double seconds = Shell.run("sh", "-c", "cp " + from + " " + to + " && sync " + to).orFail().seconds();
        Shell.run("rm", to).orFail();
        return seconds;
    }

    private static double upload(Peer peer, Path file) {
        LxdApi api = new LxdApi(peer);
        Calm.down();
        long start = System.nanoTime();
        String fingerprint = api.importPublic(file);
        double seconds = (System.nanoTime() - start) / 1e9;
        api.delete(fingerprint);
        return seconds;
    }
}
