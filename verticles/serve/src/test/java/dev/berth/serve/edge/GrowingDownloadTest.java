package dev.berth.serve.edge;

import static dev.berth.serve.edge.RunningEdge.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Follow;
import dev.berth.contract.StoreContract.Growing;
import dev.berth.contract.StoreContract.Grown;
import dev.berth.contract.StoreContract.Growth;
import dev.berth.contract.StoreContract.Stopped;
import dev.berth.kit.bus.Bus;
import dev.berth.testkit.Expect;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
@DisplayName("architecture 6: a download goes along with the file it is made of")
class GrowingDownloadTest {
    private static final byte[] CONTENT = new byte[1_000_000];

    static {
        new Random(3).nextBytes(CONTENT);
    }

    /** A reader that waits for more than it has. */
    private record Asked(Follow follow, Promise<Growth> answer) {}

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    @TempDir
    Path data;

    private RunningEdge edge;
    private Body body;

    @BeforeEach
    void start() throws Exception {
        edge = RunningEdge.with(data, new TestFace((router, tools) -> {
            BlobSender sender = new BlobSender(tools);
            router.get("/blob").handler(ctx -> sender.send(ctx, body).onFailure(ctx::fail));
        }));
        Segment.Blob blob = edge.blob(CONTENT);
        edge.blobs.put(blob.id(), new Growing(blob.id(), "s1", edge.fileOf(blob).toString(), CONTENT.length));
        body = new Body(List.of(blob), "application/octet-stream", null, "\"e\"", null, true);
        await(new Bus(edge.vertx).answer(StoreContract.FOLLOW, this::follow));
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    void bytes_go_out_as_far_as_they_may_and_then_further() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> got = get();

        assertThat(allow(300_000)).isZero();
        assertThat(allow(300_001)).isEqualTo(300_000);
        assertThat(allow(CONTENT.length)).isEqualTo(300_001);

        HttpResponse<byte[]> whole = got.get(30, TimeUnit.SECONDS);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(CONTENT);
    }

    @Test
    void a_range_waits_for_its_own_bytes_only() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> got = get("Range", "bytes=100000-199999");

        assertThat(allow(250_000)).isEqualTo(100_000);

        HttpResponse<byte[]> part = got.get(30, TimeUnit.SECONDS);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(CONTENT, 100_000, 200_000));
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 100000-199999/1000000");
    }

    @Test
    void a_transfer_that_fails_after_the_first_byte_never_looks_complete() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> got = get();
        allow(500_000);

        next().answer().complete(new Stopped("Hash mismatch"));

        assertThatThrownBy(() -> got.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void a_transfer_that_fails_before_the_first_byte_is_refused_with_its_reason() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> got = get();

        next().answer().complete(new Stopped("https://upstream.example does not answer"));

        HttpResponse<byte[]> refused = got.get(30, TimeUnit.SECONDS);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(Client.text(refused)).contains("https://upstream.example does not answer");
        assertThat(refused.headers().firstValue("ETag")).isEmpty();
        assertThat(refused.headers().firstValue("Cache-Control")).isEmpty();
    }

    @Test
    @DisplayName("formats 90: what a transfer that lied has brought is given to nobody who reads the next one")
    void bytes_of_a_transfer_that_failed_are_not_those_of_the_next_one() throws Exception {
        Segment.Blob blob = (Segment.Blob) body.segments().get(0);
        Path right = edge.fileOf(blob);
        byte[] wrong = CONTENT.clone();
        Arrays.fill(wrong, (byte) 7);
        Path lie = Files.write(data.resolve("lie"), wrong);
        edge.blobs.put(blob.id(), new Growing(blob.id(), "lie", lie.toString(), CONTENT.length));
        List<CompletableFuture<HttpResponse<InputStream>>> early = List.of(begin(), begin());
        Asked first = next();
        Expect.soon(edge.vertx.timer(300, TimeUnit.MILLISECONDS));
        first.answer().complete(new Grown(500_000));
        for (CompletableFuture<HttpResponse<InputStream>> reader : early) {
            reader.get(20, TimeUnit.SECONDS).body().readNBytes(500_000);
        }
        Asked stillThere = next();

        edge.blobs.put(blob.id(), new Growing(blob.id(), "truth", right.toString(), CONTENT.length));
        CompletableFuture<HttpResponse<byte[]>> got = get();
        allow(CONTENT.length);

        assertThat(got.get(30, TimeUnit.SECONDS).body()).isEqualTo(CONTENT);
        stillThere.answer().complete(new Stopped("Hash mismatch"));
    }

    @Test
    void the_head_does_not_wait_for_ever() throws Exception {
        CompletableFuture<HttpResponse<InputStream>> got = begin();
        Asked waiting = next();

        HttpResponse<InputStream> head = got.get(20, TimeUnit.SECONDS);

        assertThat(head.headers().firstValue("Content-Length")).contains("1000000");
        waiting.answer().complete(new Grown(CONTENT.length));
        assertThat(head.body().readAllBytes()).isEqualTo(CONTENT);
    }

    private Future<Growth> follow(Follow follow) {
        Promise<Growth> answer = Promise.promise();
        asked.add(new Asked(follow, answer));
        return answer.future();
    }

    /** Lets the waiting reader have more; where it was. */
    private long allow(long readable) throws Exception {
        Asked waiting = next();
        waiting.answer().complete(new Grown(readable));
        return waiting.follow().beyond();
    }

    private Asked next() throws Exception {
        Asked waiting = asked.poll(20, TimeUnit.SECONDS);
        assertThat(waiting).as("a reader that waits").isNotNull();
        return waiting;
    }

    /** Completes with the head; the body waits. */
    private CompletableFuture<HttpResponse<InputStream>> begin() throws Exception {
        return Client.http().sendAsync(
                HttpRequest.newBuilder(URI.create(edge.url("/blob"))).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private CompletableFuture<HttpResponse<byte[]>> get(String... headers) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Client.get(edge, "/blob", headers);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }
}
