package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.PathPrefix;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract.Access;
import dev.berth.contract.TrustContract.RecogniseAccess;
import dev.berth.contract.TrustContract;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.LxdJson;
import dev.berth.testkit.FreePort;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PrivatePathsTest {
    private static final String TOKEN = "0123456789abcdef".repeat(4);
    private static final String SECRET = "the private catalogue";

    @TempDir
    Path data;

    private RunningEdge edge;

    @BeforeEach
    void start() throws Exception {
        AccessConf conf = new AccessConf(AccessConf.paths(List.of("/mirror/internal/", "/streams")), 0, 1);
        edge = RunningEdge.with(
                data,
                usual -> usual.withAccess(conf).withPlain(new Endpoint("127.0.0.1", FreePort.next())),
                new OpenFace());
        RunningEdge.await(new Bus(edge.vertx).answer(TrustContract.RECOGNISE_ACCESS, PrivatePathsTest::recognise));
    }

    /** The loosest face there could be: whatever comes below a name is told. */
    private static void routes(Router router, Readers readers) {
        router.routeWithRegex("/+mirror/+internal(/.*)?").handler(ctx -> ctx.end(SECRET));
        router.get("/mirror/in").handler(ctx -> ctx.end("public"));
        router.get("/mirror/internals/x").handler(ctx -> ctx.end("public"));
        router.get("/streams/v1/index.json").handler(ctx -> JsonReply.ok(SECRET.getBytes(StandardCharsets.UTF_8)).send(ctx));
        router.get("/streams/item").handler(ctx ->
                ctx.response().putHeader("Cache-Control", "public, max-age=31536000, immutable").end(SECRET));
        router.get("/elsewhere").handler(ctx ->
                readers.mayRead(ctx, "/mirror/internal").onSuccess(may -> ctx.end(String.valueOf(may))));
        router.post("/mirror/in").handler(ctx -> ctx.request().body().onSuccess(ctx::end).onFailure(ctx::fail));
    }

    /** Tells everything, with TLS and without. */
    private record OpenFace() implements Face {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public void mount(Router router, EdgeTools tools) {
            routes(router, new Readers(tools));
        }

        @Override
        public void mountPlain(Router router, EdgeTools tools) {
            mount(router, tools);
        }
    }

    private static Future<Answer<Access>> recognise(RecogniseAccess asked) {
        Access mirror = new Access("guest", List.of(new PathPrefix("/mirror/internal")), Instant.EPOCH, null);
        return Future.succeededFuture(asked.token().equals(TOKEN)
                ? Answer.yes(mirror)
                : Answer.no(Refused.forbidden("the access token is not known here")));
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    @DisplayName("formats 105: the token as the password of the URL's user-info, or as bearer")
    void a_token_opens_its_path_in_both_forms() throws Exception {
        assertThat(text("/mirror/internal/x", "Authorization", "Bearer " + TOKEN)).isEqualTo(SECRET);
        assertThat(text("/mirror/internal", "Authorization", basic("guest", TOKEN))).isEqualTo(SECRET);
        assertThat(text("//mirror//internal/x", "Authorization", basic("anybody", TOKEN))).isEqualTo(SECRET);
    }

    @Test
    void without_one_the_answer_says_what_to_do() throws Exception {
        HttpResponse<byte[]> got = Client.get(edge, "/mirror/internal/x");

        assertThat(got.statusCode()).isEqualTo(401);
        assertThat(got.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"berth\", charset=\"UTF-8\"");
        assertThat(LxdJson.read(got.body()).get("error").asText())
                .contains("https://NAME:TOKEN@HOST/...")
                .contains("berth access add NAME --path PATH");
        assertThat(edge.counter("berth.http.refused.requests", "reason", "token")).isEqualTo(1);
    }

    @Test
    void a_wrong_token_is_told_from_one_for_something_else() throws Exception {
        HttpResponse<byte[]> wrong = Client.get(edge, "/streams/v1/index.json", "Authorization", "Bearer " + "f".repeat(64));
        HttpResponse<byte[]> other = Client.get(edge, "/streams/v1/index.json", "Authorization", "Bearer " + TOKEN);

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(Client.text(wrong)).contains("the access token is not known here").doesNotContain("ffff");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(Client.text(other)).contains("\\\"guest\\\" does not open this address").doesNotContain(TOKEN);
        assertThat(edge.registry.scrape()).doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/mirror/internal",
        "/mirror/internal/",
        "//mirror/internal/x",
        "/mirror//internal/x",
        "/mirror/in/../internal/x",
        "/mirror/./internal/x",
        "/mirror/%69nternal/x",
        "/%6Dirror/internal/x",
        "/mirror/%2e%2e/mirror/internal/x",
        "/mirror/in%2f..%2finternal/x",
        "/mirror/internal/..%2f..%2felsewhere",
        "/mirror/internal%2Fx",
        "/mirror/%2569nternal/x",
        "/mirror/internal/%zz",
        "/mirror/internal/x?token=x",
        "/mirror/internal/x;a=b",
    })
    void no_spelling_gets_round_it(String path) throws Exception {
        String answer = Client.raw(edge, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 5_000);

        assertThat(answer).matches("(?s)HTTP/1.1 (400|401|404) .*").doesNotContain(SECRET);
    }

    @Test
    void an_absolute_address_gets_round_it_as_little_and_its_user_info_is_not_repeated() throws Exception {
        String answer = Client.raw(
                edge, "GET https://guest:" + TOKEN + "@x/mirror/internal/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 5_000);

        assertThat(answer).doesNotContain(SECRET).doesNotContain(TOKEN);
    }

    @Test
    void neighbours_in_name_only_stay_public() throws Exception {
        assertThat(text("/mirror/in")).isEqualTo("public");
        assertThat(text("/mirror/internals/x")).isEqualTo("public");
    }

    @Test
    void trusted_clients_need_no_token() throws Exception {
        SelfSignedCertificate own = TestCertificates.client();
        edge.trusted.add(Fingerprints.of(own.certificate()));

        HttpResponse<byte[]> got = Client.send(Client.http(Client.tls(own)), edge, "GET", "/mirror/internal/x");

        assertThat(Client.text(got)).isEqualTo(SECRET);
    }

    @Test
    void a_face_can_ask_about_an_address_that_it_speaks_of_elsewhere() throws Exception {
        assertThat(text("/elsewhere")).isEqualTo("false");
        assertThat(text("/elsewhere", "Authorization", "Bearer " + TOKEN)).isEqualTo("true");
    }

    @Test
    void shared_caches_keep_nothing_of_it() throws Exception {
        SelfSignedCertificate own = TestCertificates.client();
        edge.trusted.add(Fingerprints.of(own.certificate()));

        HttpResponse<byte[]> item = Client.send(Client.http(Client.tls(own)), edge, "GET", "/streams/item");
        HttpResponse<byte[]> index = Client.send(Client.http(Client.tls(own)), edge, "GET", "/streams/v1/index.json");

        assertThat(item.headers().firstValue("Cache-Control")).contains("private, max-age=31536000, immutable");
        assertThat(index.headers().firstValue("Cache-Control")).contains("private");
        assertThat(index.headers().allValues("Vary")).contains("Authorization");
    }

    @ParameterizedTest
    @DisplayName("formats 105: credentials that come over clear http open nothing and are not repeated")
    @ValueSource(strings = {"/mirror/internal/x", "//mirror/%69nternal/x", "/streams/item"})
    void the_plain_listener_redirects_and_never_repeats_the_credentials(String path) throws Exception {
        String credentials = basic("guest", TOKEN);

        assertThat(inTheClear(path, "Authorization: " + credentials))
                .startsWith("HTTP/1.1 308")
                .containsIgnoringCase("location: https://x:" + edge.port() + path + "\r\n")
                .doesNotContain(SECRET)
                .doesNotContain(TOKEN)
                .doesNotContain(credentials.substring(6));
    }

    @Test
    void what_is_public_is_still_read_without_tls() throws Exception {
        assertThat(inTheClear("/mirror/in", "Accept: */*")).startsWith("HTTP/1.1 200").contains("public");
    }

    private String inTheClear(String path, String header) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", edge.conf.plain().port())) {
            socket.setSoTimeout(10_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return Client.read(socket);
        }
    }

    private String text(String path, String... headers) throws Exception {
        return Client.text(Client.get(edge, path, headers));
    }

    private static String basic(String user, String token) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
    }
}
