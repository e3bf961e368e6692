package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.StoreContract;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BlobSenderTest {
    private static final String ETAG = "\"abc\"";
    private static final Instant CHANGED = Instant.parse("2026-11-01T10:20:30.5Z");
    private static final byte[] CONTENT = random(3_000_000);

    @TempDir
    Path data;

    private RunningEdge edge;
    private Body body;

    @BeforeEach
    void start() throws Exception {
        edge = RunningEdge.with(data, new TestFace((router, tools) -> {
            BlobSender sender = new BlobSender(tools);
            router.get("/blob").handler(ctx -> sender.send(ctx, body).onFailure(ctx::fail));
            router.head("/blob").handler(ctx -> sender.send(ctx, body).onFailure(ctx::fail));
        }));
        body = body(edge.blob(CONTENT));
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    @DisplayName("rest-api 163, 18: exact length, own type, never content-encoded")
    void a_download_has_its_exact_length_and_is_never_content_encoded() throws Exception {
        HttpResponse<byte[]> got = Client.get(edge, "/blob", "Accept-Encoding", "gzip");

        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(CONTENT);
        assertThat(got.headers().firstValue("Content-Length")).contains(String.valueOf(CONTENT.length));
        assertThat(got.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(got.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(got.headers().firstValue("Content-Disposition")).contains("inline;filename=image.tar.xz");
        assertThat(got.headers().firstValue("ETag")).contains(ETAG);
        assertThat(got.headers().firstValue("Last-Modified")).contains("Sun, 01 Nov 2026 10:20:30 GMT");
        assertThat(got.headers().firstValue("Accept-Ranges")).contains("bytes");
    }

    @ParameterizedTest(name = "{0} is bytes {1} to {2}")
    @CsvSource({
        "bytes=0-9, 0, 10",
        "bytes=0-0, 0, 1",
        "bytes=2999999-, 2999999, 3000000",
        "bytes=-5, 2999995, 3000000",
        "bytes=-99999999, 0, 3000000",
        "bytes=100-99999999, 100, 3000000",
        "bytes=65535-65536, 65535, 65537",
        "bytes=1000000-2500000, 1000000, 2500001",
    })
    @DisplayName("rest-api 168")
    void a_range_is_exactly_that_part_of_the_file(String range, int from, int to) throws Exception {
        HttpResponse<byte[]> got = Client.get(edge, "/blob", "Range", range);

        assertThat(got.statusCode()).isEqualTo(206);
        assertThat(got.body()).isEqualTo(Arrays.copyOfRange(CONTENT, from, to));
        assertThat(got.headers().firstValue("Content-Range")).contains("bytes " + from + "-" + (to - 1) + "/3000000");
    }

    @ParameterizedTest
    @CsvSource({"'bytes=0-1,5-6'", "bytes=5-3", "bytes=x-y", "chars=0-9", "bytes=", "bytes=--1"})
    void what_is_no_single_range_gets_the_whole(String range) throws Exception {
        HttpResponse<byte[]> got = Client.get(edge, "/blob", "Range", range);

        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @CsvSource({"bytes=3000000-", "bytes=-0", "bytes=99999999999999999999-"})
    void a_range_beyond_the_end_is_refused(String range) throws Exception {
        HttpResponse<byte[]> got = Client.get(edge, "/blob", "Range", range);

        assertThat(got.statusCode()).isEqualTo(416);
        assertThat(got.headers().firstValue("Content-Range")).contains("bytes */3000000");
        assertThat(Client.text(got)).contains("\"error_code\":416");
    }

    @ParameterizedTest(name = "If-Range {0} gives {1}")
    @CsvSource({
        "'\"abc\"', 206", "'\"other\"', 200", "'W/\"abc\"', 200", "'Sun, 01 Nov 2026 10:20:30 GMT', 206",
        "'Sun, 01 Nov 2026 10:20:31 GMT', 200", "rubbish, 200"
    })
    void a_range_of_something_else_gets_the_whole(String ifRange, int status) throws Exception {
        assertThat(Client.get(edge, "/blob", "Range", "bytes=0-9", "If-Range", ifRange).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest(name = "If-None-Match {0} gives {1}")
    @CsvSource({"'\"abc\"', 304", "'\"x\", W/\"abc\"', 304", "*, 304", "'\"x\"', 200"})
    void what_the_client_has_already_is_not_sent_again(String noneMatch, int status) throws Exception {
        HttpResponse<byte[]> got = Client.get(edge, "/blob", "If-None-Match", noneMatch);

        assertThat(got.statusCode()).isEqualTo(status);
        assertThat(got.body()).hasSize(status == 304 ? 0 : CONTENT.length);
    }

    @Test
    void head_tells_the_length_and_sends_nothing() throws Exception {
        HttpResponse<byte[]> got = Client.send(Client.http(), edge, "HEAD", "/blob", "Range", "bytes=0-9");

        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.headers().firstValue("Content-Length")).contains("3000000");
        assertThat(got.body()).isEmpty();
    }

    @Test
    @DisplayName("rest-api 164, 165: parts in order, one length")
    void segments_come_in_order_with_one_length_and_ranges_cross_them() throws Exception {
        byte[] head = "--x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] second = random(100_000);
        body = body(new Segment.Bytes(head), edge.blob(CONTENT), new Segment.Bytes(head), edge.blob(second));
        byte[] all = joined(head, CONTENT, head, second);

        assertThat(Client.get(edge, "/blob").body()).isEqualTo(all);
        assertThat(Client.get(edge, "/blob", "Range", "bytes=3-12").body()).isEqualTo(Arrays.copyOfRange(all, 3, 13));
        assertThat(Client.get(edge, "/blob", "Range", "bytes=3000000-3000020").body())
                .isEqualTo(Arrays.copyOfRange(all, 3_000_000, 3_000_021));
    }

    @Test
    void an_empty_file_is_an_empty_answer() throws Exception {
        body = body(edge.blob(new byte[0]));

        HttpResponse<byte[]> got = Client.get(edge, "/blob");

        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.headers().firstValue("Content-Length")).contains("0");
    }

    @Test
    @DisplayName("rest-api 171")
    void deleting_the_file_during_a_download_lets_the_download_finish() throws Exception {
        byte[] large = random(40_000_000);
        Segment.Blob blob = edge.blob(large);
        body = body(blob);
        try (SSLSocket socket = Client.socket(edge)) {
            InputStream in = ask(socket);
            assertThat(in.readNBytes(1000)).hasSize(1000);

            Files.delete(edge.fileOf(blob));

            assertThat(in.readAllBytes()).endsWith(Arrays.copyOfRange(large, 30_000_000, 40_000_000));
        }
    }

    @Test
    @DisplayName("rest-api 172: no clean end")
    void a_file_that_shrinks_under_a_download_cuts_the_connection() throws Exception {
        Segment.Blob blob = edge.blob(random(40_000_000));
        body = body(blob);
        try (SSLSocket socket = Client.socket(edge)) {
            InputStream in = ask(socket);
            assertThat(in.readNBytes(1000)).hasSize(1000);

            try (FileChannel file = FileChannel.open(edge.fileOf(blob), StandardOpenOption.WRITE)) {
                file.truncate(100_000);
            }

            assertThat(readToEnd(in)).isLessThan(40_000_000);
        }
    }

    @Test
    void a_missing_blob_is_not_found_and_counted() throws Exception {
        Segment.Blob blob = (Segment.Blob) body.segments().get(0);
        edge.blobs.put(blob.id(), new StoreContract.Missing(blob.id()));

        HttpResponse<byte[]> got = Client.get(edge, "/blob");

        assertThat(got.statusCode()).isEqualTo(404);
        assertThat(Client.text(got)).contains("Image not found");
        assertThat(got.headers().firstValue("ETag")).isEmpty();
        assertThat(edge.counter("berth.http.unusable.blobs", "reason", "missing")).isEqualTo(1);
    }

    @Test
    void a_blob_of_another_length_than_recorded_is_refused_before_the_head() throws Exception {
        Segment.Blob blob = (Segment.Blob) body.segments().get(0);
        body = body(new Segment.Blob(blob.id(), blob.length() + 1));

        HttpResponse<byte[]> got = Client.get(edge, "/blob");

        assertThat(got.statusCode()).isEqualTo(500);
        assertThat(Client.text(got)).contains("\"type\":\"error\"").doesNotContain(data.toString());
    }

    @Test
    void a_client_that_leaves_closes_the_file() throws Exception {
        Segment.Blob blob = edge.blob(random(40_000_000));
        body = body(blob);
        try (SSLSocket socket = Client.socket(edge)) {
            ask(socket).readNBytes(1000);
            assertThat(isOpen(edge.fileOf(blob))).isTrue();
        }

        for (int i = 0; i < 100 && isOpen(edge.fileOf(blob)); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(isOpen(edge.fileOf(blob))).isFalse();
    }

    static InputStream ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET /blob HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket.getInputStream();
    }

    private static boolean isOpen(Path file) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(fd -> leadsTo(fd, file));
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException gone) {
            return false;
        }
    }

    private static long readToEnd(InputStream in) {
        long count = 0;
        try {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count += n;
            }
        } catch (IOException cut) {
            return count;
        }
        return count;
    }

    private static Body body(Segment... segments) {
        return new Body(
                List.of(segments), "application/octet-stream", "inline;filename=image.tar.xz", ETAG, CHANGED, false);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
