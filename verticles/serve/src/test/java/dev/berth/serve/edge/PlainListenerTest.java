package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.FreePort;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** architecture: plain HTTP for what may be read in the open, and nothing else. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PlainListenerTest {
    @TempDir
    Path data;

    private RunningEdge edge;
    private Endpoint plain;

    @BeforeEach
    void start() throws Exception {
        plain = new Endpoint("127.0.0.1", FreePort.next());
        edge = RunningEdge.with(data, conf -> conf.withPlain(plain), new Open());
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    void what_may_be_read_in_the_open_is_answered_to_strangers() throws Exception {
        HttpResponse<String> answer = send("GET", "//open");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("STRANGER");
        assertThat(send("HEAD", "/open").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/open/broken").statusCode()).isEqualTo(404);
    }

    @Test
    void everything_else_is_sent_to_https() throws Exception {
        for (String path : new String[] {"/closed", "/", "/1.0/images?recursion=1", "/nothing"}) {
            HttpResponse<String> answer = send("GET", path);

            assertThat(answer.statusCode()).as(path).isEqualTo(308);
            assertThat(answer.headers().firstValue("Location")).contains("https://127.0.0.1:" + edge.port() + path);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(send("POST", "/open").statusCode()).as("nobody writes in the open").isEqualTo(308);
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + plain + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(request, BodyHandlers.ofString());
    }

    private static final class Open implements Face {
        @Override
        public String name() {
            return "open";
        }

        @Override
        public void mount(Router router, EdgeTools tools) {
            router.get("/closed").handler(ctx -> ctx.end("secret"));
        }

        @Override
        public void mountPlain(Router router, EdgeTools tools) {
            router.get("/open").handler(ctx -> ctx.end(Callers.of(ctx).standing().toString()));
            router.head("/open").handler(ctx -> ctx.end());
            router.get("/open/broken").handler(ctx -> ctx.fail(404));
        }
    }
}
