package dev.berth.fetch.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.Expect;
import dev.berth.testkit.OnLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningDigestTest {
    private static final byte[] LARGE = new byte[(1 << 20) + 1];

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Expect.soon(vertx.close());
    }

    @Test
    void a_value_covers_what_came_before_it_and_nothing_later() throws Exception {
        Future<String> first = OnLoop.of(vertx, () -> {
            RunningDigest digest = digest();
            digest.update(Buffer.buffer("abc"));
            Future<String> value = digest.value();
            digest.update(Buffer.buffer("def"));
            return value.compose(abc -> digest.value().map(both -> abc + " " + both));
        });

        assertThat(Expect.soon(first)).isEqualTo(sha256("abc".getBytes(StandardCharsets.US_ASCII)) + " " + sha256("abcdef".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void a_sender_that_waits_goes_on_although_its_bytes_came_while_a_value_was_taken() {
        CountDownLatch busy = new CountDownLatch(1);

        Future<Void> free = OnLoop.of(vertx, () -> {
            WorkerExecutor worker = vertx.createSharedWorkerExecutor("digests", 1);
            worker.executeBlocking(() -> busy.await(10, TimeUnit.SECONDS), false);
            RunningDigest digest = new RunningDigest(worker);
            digest.value();
            digest.update(Buffer.buffer(LARGE));
            assertThat(digest.isBehind()).isTrue();
            Promise<Void> caughtUp = Promise.promise();
            digest.whenFree(caughtUp::complete);
            busy.countDown();
            return caughtUp.future();
        });

        Expect.soon(free);
    }

    private RunningDigest digest() {
        return new RunningDigest(vertx.createSharedWorkerExecutor("digests", 1));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
