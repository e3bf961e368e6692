package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that two programs may read differently: each is refused, and nothing behind it is heard (S27). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SmugglingTest {
    private static final String SECOND = "GET /second HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir
    static Path data;

    private static final AtomicInteger SECONDS = new AtomicInteger();
    private static RunningEdge edge;

    @BeforeAll
    static void start() throws Exception {
        edge = RunningEdge.with(data, new TestFace((router, tools) -> {
            router.get("/second").handler(ctx -> {
                SECONDS.incrementAndGet();
                ctx.end("second");
            });
            router.route("/first").handler(ctx -> ctx.request().body().onSuccess(body -> ctx.end("first " + body.length())));
        }));
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                bad("no Host", "GET /first HTTP/1.1\r\n\r\n"),
                bad("two Hosts", "GET /first HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                bad("two equal Hosts", "GET /first HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
                bad("empty Host", "GET /first HTTP/1.1\r\nHost:\r\n\r\n"),
                bad("Host with a path", "GET /first HTTP/1.1\r\nHost: a/b\r\n\r\n"),
                bad("Host with a user", "GET /first HTTP/1.1\r\nHost: a@b\r\n\r\n"),
                bad("Host with a word for a port", "GET /first HTTP/1.1\r\nHost: a:b\r\n\r\n"),
                bad("Host with a blank", "GET /first HTTP/1.1\r\nHost: a b\r\n\r\n"),
                bad("length and chunks", post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
                bad("chunks and length", post("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n") + "0\r\n\r\n"),
                bad("two lengths", post("Content-Length: 1\r\nContent-Length: 2\r\n") + "a"),
                bad("list of lengths", post("Content-Length: 1, 2\r\n") + "a"),
                bad("negative length", post("Content-Length: -1\r\n")),
                bad("length with a sign", post("Content-Length: +1\r\n") + "a"),
                bad("length in hex", post("Content-Length: 0x1\r\n") + "a"),
                bad("length with a blank", post("Content-Length: 1 1\r\n") + "a"),
                bad("huge length", post("Content-Length: 99999999999999999999\r\n")),
                bad("another coding before chunked", post("Transfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n"),
                bad("chunked twice", post("Transfer-Encoding: chunked, chunked\r\n") + "0\r\n\r\n"),
                bad("chunked in two lines", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
                bad("identity and chunked", post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"),
                bad("unknown coding", post("Transfer-Encoding: xchunked\r\n") + "0\r\n\r\n"),
                bad("coding with a control byte", post("Transfer-Encoding: \u000bchunked\r\n") + "0\r\n\r\n"),
                bad("name with a blank", post("Transfer-Encoding : chunked\r\n") + "0\r\n\r\n"),
                bad("name with a leading blank", "POST /first HTTP/1.1\r\n Host: x\r\n\r\n"),
                bad("folded line", "GET /first HTTP/1.1\r\nHost: x\r\nX-Long: a\r\n b\r\n\r\n"),
                bad("folded coding", post("Transfer-Encoding:\r\n chunked\r\n") + "0\r\n\r\n"),
                bad("folded by a tab", "GET /first HTTP/1.1\r\nHost: x\r\nX-Long: a\r\n\tb\r\n\r\n"),
                bad("folded after empty lines", "\r\n\r\nGET /first HTTP/1.1\r\nHost: x\r\nX-Long: a\r\n b\r\n\r\n"),
                bad("chunks in HTTP/1.0", "POST /first HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                bad("header without a colon", "GET /first HTTP/1.1\r\nHost: x\r\nNonsense\r\n\r\n"),
                bad("NUL in a value", "GET /first HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n"),
                bad("NUL in a name", "GET /first HTTP/1.1\r\nHost: x\r\nX\u0000: b\r\n\r\n"),
                bad("200 headers", "GET /first HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(200) + "\r\n"),
                bad("no version", "GET /first\r\nHost: x\r\n\r\n"),
                bad("odd version", "GET /first HTTP/1.1x\r\nHost: x\r\n\r\n"),
                bad("blank in the address", "GET /first x HTTP/1.1\r\nHost: x\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    @DisplayName("S27")
    void is_refused_with_400_and_nothing_behind_it_is_heard(String name, String request) throws Exception {
        int before = SECONDS.get();

        String answer = Client.raw(edge, request + SECOND, 5_000);

        assertThat(answer).startsWith("HTTP/1.").contains(" 400 ").contains("\"type\":\"error\"").endsWith("|closed");
        assertThat(answer.split("HTTP/1\\.[01] ")).hasSize(2);
        assertThat(SECONDS).hasValue(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void a_broken_chunk_ends_the_connection(String name, String body) throws Exception {
        int before = SECONDS.get();

        String answer = Client.raw(edge, post("Transfer-Encoding: chunked\r\n") + body + SECOND, 8_000);

        assertThat(answer).endsWith("|closed").doesNotContain("HTTP/1.1 200");
        assertThat(SECONDS).hasValue(before);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                bad("no size", "x\r\na\r\n0\r\n\r\n"),
                bad("negative size", "-1\r\na\r\n0\r\n\r\n"),
                bad("huge size", "ffffffffffffffffff\r\na\r\n0\r\n\r\n"));
    }

    @Test
    void a_line_that_is_too_long_is_414_and_a_head_that_is_too_large_431() throws Exception {
        String line = Client.raw(edge, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 5_000);
        String head = Client.raw(edge, "GET /first HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(70_000) + "\r\n\r\n", 5_000);

        assertThat(line).startsWith("HTTP/1.0 414").endsWith("|closed");
        assertThat(head).startsWith("HTTP/1.1 431").endsWith("|closed");
    }

    @Test
    void well_formed_requests_may_follow_each_other() throws Exception {
        String two = post("Content-Length: 7\r\n") + "{\n  1\n}" + SECOND.replace("Host: x", "Host: x\r\nConnection: close");

        String answer = Client.raw(edge, two, 5_000);

        assertThat(answer).contains("first 7").contains("second").endsWith("|closed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("before")
    void a_folded_line_is_noticed_behind_another_request(String name, String request) throws Exception {
        int before = SECONDS.get();
        String folded = "GET /first HTTP/1.1\r\nHost: x\r\nX-Long: a\r\n b\r\n\r\n";

        String answer = Client.raw(edge, request + folded + SECOND, 5_000);

        assertThat(answer).startsWith("HTTP/1.1 200").contains("HTTP/1.1 400").endsWith("|closed");
        assertThat(answer.split("HTTP/1\\.[01] ")).hasSize(3);
        assertThat(SECONDS).hasValue(before);
    }

    static Stream<Arguments> before() {
        return Stream.of(
                bad("without a body", "GET /first HTTP/1.1\r\nHost: x\r\n\r\n"),
                bad("with a length", post("Content-Length: 7\r\n") + "{\n  1\n}"),
                bad("with what looks like the next head", post("Content-Length: 38\r\n") + "GET /first HTTP/1.1\r\nHost: x\r\nX: y\r\n\r\n"),
                bad("with chunks", post("Transfer-Encoding: chunked\r\n") + "7\r\n{\n  1\n}\r\n0\r\n\r\n"),
                bad("with a trailer", post("Transfer-Encoding: chunked\r\n") + "1\r\na\r\n0\r\nX: y\r\n\r\n"),
                bad("with empty lines behind it", "GET /first HTTP/1.1\r\nHost: x\r\n\r\n\r\n\r\n"));
    }

    @Test
    void a_folded_line_is_noticed_wherever_the_bytes_are_cut() throws Exception {
        String two = post("Transfer-Encoding: chunked\r\n") + "7\r\n{\n  1\n}\r\n0\r\n\r\n"
                + "GET /first HTTP/1.1\r\nHost: x\r\nX-Long: a\r\n b\r\n\r\n";

        for (int cut = 1; cut < two.length(); cut += 3) {
            try (SSLSocket socket = Client.socket(edge)) {
                socket.getOutputStream().write(two.substring(0, cut).getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(two.substring(cut).getBytes(StandardCharsets.ISO_8859_1));

                assertThat(Client.read(socket)).contains("first 7", "HTTP/1.1 400").endsWith("|closed");
            }
        }
    }

    @Test
    void http_1_0_needs_no_host() throws Exception {
        assertThat(Client.raw(edge, "GET /second HTTP/1.0\r\n\r\n", 5_000)).contains(" 200 ").endsWith("|closed");
    }

    @Test
    void odd_paths_reach_no_file_and_break_nothing() throws Exception {
        for (String path : new String[] {"/a/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/%00", "/%zz", "*", "x", "http://x/y"}) {
            String answer = Client.raw(edge, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 5_000);

            assertThat(answer).as(path).containsPattern("^HTTP/1.1 (400|404)").endsWith("|closed");
        }
    }

    private static String post(String headers) {
        return "POST /first HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    }

    private static Arguments bad(String name, String request) {
        return Arguments.of(name, request);
    }
}
