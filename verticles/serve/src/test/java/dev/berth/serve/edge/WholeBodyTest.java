package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WholeBodyTest {
    @TempDir
    Path data;

    private RunningEdge edge;

    @BeforeEach
    void start() throws Exception {
        edge = RunningEdge.with(data, new TestFace((router, tools) -> router.post("/document").handler(ctx -> {
            ctx.request().pause();
            WholeBody.of(ctx.request(), Buffer.buffer("first "), 12, Duration.ofSeconds(1))
                    .onSuccess(ctx::end)
                    .onFailure(ctx::fail);
        })));
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    void a_body_that_trickles_is_refused_and_breaks_nothing() throws Exception {
        assertThat(posted(6, "a"))
                .startsWith("HTTP/1.1 400 ")
                .contains("expected the whole body within 1 s, got 7 bytes of it; send it faster");
    }

    @Test
    void what_came_before_counts_too() throws Exception {
        assertThat(posted(6, "second")).startsWith("HTTP/1.1 200 ").contains("first second");
        assertThat(posted(7, "seconds")).startsWith("HTTP/1.1 400 ").contains("the body has at most 12 bytes, got more");
    }

    private String posted(int length, String body) throws Exception {
        return Client.raw(edge, "POST /document HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n" + body, 3_000);
    }
}
