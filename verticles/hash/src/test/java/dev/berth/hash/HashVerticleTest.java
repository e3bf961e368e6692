package dev.berth.hash;

import static dev.berth.testkit.Expect.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.HashContract;
import dev.berth.contract.HashContract.Digest;
import dev.berth.contract.HashContract.Digested;
import dev.berth.contract.HashContract.Digests;
import dev.berth.contract.HashContract.Interrupted;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.StreamLimits;
import dev.berth.kit.stream.StreamMeters;
import dev.berth.kit.stream.StreamOutlet;
import dev.berth.kit.stream.Streams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HashVerticleTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StreamLimits small = new StreamLimits(64 << 10, Duration.ofSeconds(10));
    private Vertx vertx;
    private Streams streams;
    private Context producer;

    @BeforeEach
    void deploy() {
        vertx = Vertx.vertx();
        Bus.prepare(vertx);
        streams = new Streams(vertx, small, new StreamMeters(registry));
        producer = vertx.getOrCreateContext();
        soon(vertx.deployVerticle(new HashVerticle(streams, registry)));
    }

    @AfterEach
    void close() {
        soon(vertx.close());
    }

    @Test
    void both_files_of_a_split_image_are_digested_as_they_flow() throws Exception {
        // given a metadata file smaller and a rootfs much larger than the window
        byte[] metadata = bytes(1, 10_000);
        byte[] rootfs = bytes(2, 3_000_000);

        // when both are sent
        Digested digested = soon(sent(List.of(Buffer.buffer(metadata), Buffer.buffer(rootfs))));

        // then
        MessageDigest whole = MessageDigest.getInstance("SHA-256");
        whole.update(metadata);
        whole.update(rootfs);
        assertThat(digested).isInstanceOfSatisfying(Digests.class, digests -> {
            assertThat(digests.fingerprint().hex()).isEqualTo(HexFormat.of().formatHex(whole.digest()));
            assertThat(digests.files()).extracting(file -> file.length()).containsExactly(10_000L, 3_000_000L);
        });
        assertThat(registry.counter("berth.hash.bytes").count()).isEqualTo(3_010_000);
    }

    @Test
    void a_stream_that_breaks_gives_no_digest_but_its_reason() {
        Promise<Digested> answer = Promise.promise();
        producer.runOnContext(go -> {
            StreamOutlet outlet = streams.outlet("broken", 1);
            new Bus(vertx).ask(HashContract.DIGEST, new Digest("t", List.of("broken"))).onComplete(answer);
            outlet.write(Buffer.buffer(bytes(3, 1000))).onSuccess(x -> outlet.fail("the client went away"));
        });

        assertThat(soon(answer.future())).isEqualTo(new Interrupted("the client went away"));
    }

    @Test
    void no_such_stream_is_an_interruption_and_not_a_hang() {
        Digested digested =
                soon(new Bus(vertx).ask(HashContract.DIGEST, new Digest("t", List.of("nowhere"))));

        assertThat(digested).isInstanceOf(Interrupted.class);
    }

    private Future<Digested> sent(List<Buffer> files) {
        Promise<Digested> answer = Promise.promise();
        producer.runOnContext(go -> {
            List<StreamOutlet> outlets =
                    List.of(streams.outlet("file.0", 1), streams.outlet("file.1", 1));
            new Bus(vertx)
                    .ask(HashContract.DIGEST, new Digest("t", List.of("file.0", "file.1")))
                    .onComplete(answer);
            for (int i = 0; i < files.size(); i++) {
                outlets.get(i).write(files.get(i));
                outlets.get(i).end(Map.of());
            }
        });
        return answer.future();
    }

    private static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
