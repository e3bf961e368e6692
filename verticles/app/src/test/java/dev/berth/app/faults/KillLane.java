package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.BerthProcess;
import dev.berth.app.CommandRun;
import dev.berth.app.Program;
import dev.berth.testkit.ImageFixtures;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One data directory that is killed again and again during an import, and looked at after each start. One thread. */
final class KillLane {
    private static final int ROOTFS_BYTES = 3 << 20;
    private static final long FIRST_GUESS_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    /** Where in an import the kill came. */
    enum Phase {
        BODY,
        PUBLISH,
        ACKNOWLEDGED
    }

    private final Program program;
    private final Path data;
    private final Random random;
    private final int number;
    private final Map<Phase, Integer> kills = new EnumMap<>(Phase.class);
    private final Set<String> acknowledged = new TreeSet<>();
    private final Set<String> known = new TreeSet<>();
    private int serial;
    private long publishNanos = FIRST_GUESS_NANOS;

    KillLane(Program program, Path data, Random random, int number) {
        this.program = program;
        this.data = data;
        this.random = random;
        this.number = number;
    }

    /** A kill after the acknowledgement hit no import any more and is not one of them. */
    void run(int times) throws Exception {
        while (inImport() < times) {
            BerthProcess berth = BerthProcess.in(data, program, writing());
            try {
                lookAround(berth);
                importUntilKilled(berth, inImport() % 2 == 0);
            } finally {
                berth.kill();
            }
        }
    }

    private int inImport() {
        return kills.getOrDefault(Phase.BODY, 0) + kills.getOrDefault(Phase.PUBLISH, 0);
    }

    /** One lane writes as always, the other past the page cache from the first byte. */
    private Map<String, String> writing() {
        return Map.of("BERTH_STORE_PAST_CACHE_AFTER", number % 2 == 0 ? "1TiB" : "0");
    }

    Path data() {
        return data;
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    Set<Phase> phases() {
        return kills.keySet();
    }

    String tally() {
        return "killed in " + kills + ", " + acknowledged.size() + " acknowledged, 0 of them lost, "
                + (known.size() - acknowledged.size()) + " kept whose answer was lost";
    }

    /** After a start: acknowledged images are listed, every listed one is whole, staging is empty, and all is proven. */
    void lookAround(BerthProcess berth) throws IOException {
        Remains.stagingIsEmpty(data);
        Images images = new Images(new RawClient(berth.unixSocket()));
        Set<String> listed = images.listed();
        assertThat(listed).as("acknowledged images").containsAll(acknowledged);
        for (String fingerprint : listed) {
            if (known.add(fingerprint)) {
                assertThat(ImageFixtures.fingerprint(files(images.export(fingerprint)))).isEqualTo(fingerprint);
            }
        }
        isSound();
    }

    /** Reads every blob again, as an operator would, whether or not a service runs here. */
    void isSound() {
        CommandRun verified = CommandRun.of("verify", "--read-data", "--data", data.toString());
        assertThat(verified.status()).as("%s%s", verified.out(), verified.err()).isZero();
    }

    /** The same image again until it is in, so that what an earlier kill left is met, too. */
    private void importUntilKilled(BerthProcess berth, boolean inBody) throws Exception {
        while (known.contains(fingerprint(serial))) {
            serial++;
        }
        Form form = Form.split(metadata(serial), rootfs(serial));
        byte[] body = form.body();
        RawClient client = new RawClient(berth.unixSocket());
        SocketChannel channel = client.begin("POST", "/1.0/images", Map.of("Content-Type", form.contentType()), body.length);
        try (channel) {
            int sent = inBody ? random.nextInt(body.length) : body.length;
            RawClient.write(channel, body, 0, sent);
            killed(inBody ? Phase.BODY : publish(berth, new Images(client), channel));
            // Before the channel closes: a service that heard its client leave would clean up first.
            berth.kill();
        }
    }

    /** Waits for the answer on one thread and kills from the other; the answer counts when it came first. */
    private Phase publish(BerthProcess berth, Images images, SocketChannel channel) throws Exception {
        long began = System.nanoTime();
        CompletableFuture<Long> answered = CompletableFuture.supplyAsync(() -> acknowledgedAt(images, channel));
        LockSupport.parkNanos(random.nextLong(publishNanos + publishNanos / 4));
        berth.kill();
        long end = answered.get(1, TimeUnit.MINUTES);
        if (end == 0) {
            publishNanos += publishNanos / 8;
            return Phase.PUBLISH;
        }
        publishNanos = end - began;
        acknowledged.add(fingerprint(serial));
        return Phase.ACKNOWLEDGED;
    }

    /** When success was reported, or 0 when it never was. */
    private static long acknowledgedAt(Images images, SocketChannel channel) {
        try {
            Images.Outcome outcome = images.outcome(Reply.parse(RawClient.readAll(channel)));
            assertThat(outcome.error()).isEmpty();
            return System.nanoTime();
        } catch (IOException killed) {
            return 0;
        }
    }

    private void killed(Phase phase) {
        kills.merge(phase, 1, Integer::sum);
    }

    private String fingerprint(int image) {
        return ImageFixtures.fingerprint(metadata(image), rootfs(image));
    }

    private byte[] metadata(int image) {
        return Form.metadata("lane-" + number + "-" + image);
    }

    /** Every second one shares its rootfs with the one before, so that blobs are joined, too. */
    private static byte[] rootfs(int image) {
        byte[] bytes = ImageFixtures.squashfsLike(ROOTFS_BYTES);
        bytes[100] = (byte) (image / 2);
        return bytes;
    }

    private static byte[] files(Reply export) throws IOException {
        return export.status() == 200 ? Form.contents(export) : new byte[0];
    }
}
