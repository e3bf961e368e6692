package dev.berth.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.app.RunningBerth;
import dev.berth.testkit.ImageFixtures;
import dev.berth.testkit.Packing;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that leave in the middle of everything: no descriptor, thread or staging file remembers them. */
@DisplayName("reliability R36, R38")
@Timeout(120)
class LeakTest {
    private static final int FEW = 5;
    private static final int UPLOADS = 60;
    private static final int DOWNLOADS = 200;
    private static final int CONNECTIONS = 300;

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private RawClient client;

    @Test
    void clients_that_leave_take_their_descriptors_and_threads_with_them() throws Exception {
        byte[] image = ImageFixtures.squashfsLike(8 << 20);
        Form form = Form.split(Form.metadata("leak"), image);
        try (RunningBerth berth = RunningBerth.in(folder.resolve("data"))) {
            client = new RawClient(berth.unixSocket());
            String fingerprint = new Images(client).upload(form).fingerprint();
            leave(20, fingerprint);
            Remains.eventually("quiet", () -> stagingIsEmpty(berth));
            int descriptors = settled("fd");
            int threads = settled("task");

            leave(1, fingerprint);

            client.get("/1.0"); // answered after those that came before were let in: from here on there can only be fewer
            Remains.eventually("staging is empty", () -> stagingIsEmpty(berth));
            Remains.soon(() -> Math.abs(count("fd") - descriptors) <= FEW && Math.abs(count("task") - threads) <= FEW);
            System.out.printf("descriptors %d -> %d, threads %d -> %d%n", descriptors, count("fd"), threads, count("task"));
            assertThat(count("fd")).isBetween(0, descriptors + FEW);
            assertThat(count("task")).isBetween(0, threads + FEW);
            byte[] left = Form.contents(new Images(client).export(fingerprint));
            assertThat(ImageFixtures.fingerprint(left)).isEqualTo(fingerprint);
        }
    }

    /** @param share one in so many of the whole load */
    private void leave(int share, String fingerprint) throws Exception {
        byte[] body = ImageFixtures.unifiedNamed(Packing.PLAIN, "left " + share);
        for (int i = 0; i < UPLOADS / share; i++) {
            try (SocketChannel channel = client.begin("POST", "/1.0/images", Map.of(), body.length)) {
                RawClient.write(channel, body, 0, random.nextInt(body.length));
            }
        }
        for (int i = 0; i < DOWNLOADS / share; i++) {
            try (SocketChannel channel = client.begin("GET", "/1.0/images/" + fingerprint + "/export", Map.of(), 0)) {
                channel.read(ByteBuffer.allocate(1 + random.nextInt(100_000)));
            }
        }
        for (int i = 0; i < CONNECTIONS / share; i++) {
            client.connect().close();
        }
    }

    private static boolean stagingIsEmpty(RunningBerth berth) {
        return new File(berth.data().toFile(), "staging").list().length == 0;
    }

    /** The count once it does not change for a while, because closing takes its time. */
    private static int settled(String what) {
        int before = -1;
        int now = count(what);
        while (now != before) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            before = now;
            now = count(what);
        }
        return now;
    }

    /** Entries of a folder of this process, in which the service runs. */
    private static int count(String what) {
        return new File("/proc/self/" + what).list().length;
    }
}
