package dev.berth.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A 1 GiB image uploaded over the unix socket, until it is durable and listed, beside {@code cp} and {@code sync} of the
 * same file on the same disk; and the memory that takes. Beside it, what hashing and writing cost when standard tools do
 * both at once, and LXD.
 */
final class UploadBench implements Bench {
    private static final int MEGABYTES = 1024;
    private static final List<Integer> OTHER_SIZES = List.of(256, 4096);
    private static final int ROUNDS = 7;
    /** A service runs for weeks: its first seconds do not count. */
    private static final int WARM_UP = 30;
    /** So that what is deleted is gone before the next round. */
    private static final String SETTINGS = "store: {delete-grace: 1ms}\n";

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

    /** What Berth needs with memory just left, in seconds. */
    private static double besideCopy(Ground ground, Path file, List<Finding> findings) {
        try (BerthPeer berth = ground.berth(SETTINGS)) {
            for (int i = 0; i < WARM_UP; i++) {
                upload(berth, file);
            }
            double median = compare(ground, berth, file, MemoryState.LEFT, findings);
            compare(ground, berth, file, MemoryState.FROM_HOST, findings);
            findings.add(MemoryWatch.peak("heap and direct memory meanwhile, peak", berth, ROUNDS, () -> upload(berth, file)));
            for (int megabytes : OTHER_SIZES) {
                findings.add(memory(ground, berth, megabytes));
            }
            return median;
        }
    }

    /** Memory must not depend on the size. */
    private static Finding memory(Ground ground, BerthPeer berth, int megabytes) {
        try (Scratch scratch = Scratch.on(ground.disk(), "size")) {
            Path file = BigImage.write(scratch.path(), "image.tar", megabytes, megabytes);
            String what = "heap and direct memory, upload of " + megabytes + " MiB, peak";
            return MemoryWatch.peak(what, berth, 2, () -> upload(berth, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double compare(
            Ground ground, BerthPeer berth, Path file, MemoryState state, List<Finding> findings) {
        double[] uploads = new double[ROUNDS];
        double[] copies = new double[ROUNDS];
        double[] tools = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            copies[i] = state.measure(ground.disk(), () -> written(file, "cp %1$s %2$s && sync %2$s"));
            uploads[i] = state.measure(ground.disk(), () -> upload(berth, file));
            tools[i] = state.measure(
                    ground.disk(), () -> written(file, "cat %1$s | tee %2$s | openssl dgst -sha256 && sync %2$s"));
        }
        double median = Median.of(uploads);
        String what = "upload of 1 GiB, durable, " + state;
        findings.add(Finding.atMost(what, median, Median.of(copies), "cp + sync", "s", 1.3));
        findings.add(Finding.told(what, median, Median.of(tools), "cat, tee, openssl dgst + sync", "s"));
        return median;
    }

    private static void besideLxd(Ground ground, Path file, double berth, List<Finding> findings) {
        try (LxdPeer lxd = new LxdPeer(ground.disk())) {
            double seconds = Median.of(3, () -> MemoryState.LEFT.measure(ground.disk(), () -> upload(lxd, file)));
            findings.add(Finding.told("upload of 1 GiB, durable (LXD syncs nothing)", berth, seconds, "LXD", "s"));
        }
    }

    /** @param command with the file and a new one */
    private static double written(Path file, String command) {
        String copy = file + ".copy";
        double seconds = Shell.run("sh", "-c", command.formatted(file, copy)).orFail().seconds();
        Shell.run("rm", copy).orFail();
        return seconds;
    }

    private static double upload(Peer peer, Path file) {
        LxdApi api = new LxdApi(peer);
        long start = System.nanoTime();
        String fingerprint = api.importPublic(file);
        double seconds = (System.nanoTime() - start) / 1e9;
        api.delete(fingerprint);
        pause();
        return seconds;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
