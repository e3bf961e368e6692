package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.upstream.Behaviours;
import dev.berth.testkit.upstream.FakeLxd;
import dev.berth.testkit.upstream.FakeUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeUpstreamTest {
    private static final byte[] FILE = "0123456789".getBytes();

    private Vertx vertx;
    private FakeUpstream upstream;
    private HttpClientAgent client;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        upstream = FakeUpstream.start(vertx);
        client = vertx.createHttpClient(new HttpClientOptions()
                .setTrustOptions(new PemTrustOptions()
                        .addCertValue(Buffer.buffer(upstream.certificate().certificate()))));
    }

    @AfterEach
    void stop() {
        Expect.soon(vertx.close());
    }

    @Test
    void it_sends_what_is_left_of_a_file_and_counts() {
        upstream.serve("/file", FILE);

        assertThat(get("/file", "bytes=4-")).isEqualTo("206 456789");
        assertThat(get("/file", "bytes=0-")).isEqualTo("200 0123456789");
        assertThat(upstream.requests("/file")).isEqualTo(2);
        assertThat(upstream.bytes("/file")).isEqualTo(16);
    }

    @Test
    void it_goes_wrong_as_often_as_planned() {
        upstream.serve("/file", FILE).misbehave("/file", 1, Behaviours.flip(0));

        assertThat(get("/file", "")).isEqualTo("200 1123456789");
        assertThat(get("/file", "")).isEqualTo("200 0123456789");
    }

    @Test
    void it_is_an_lxd_server_too() {
        String fingerprint = upstream.lxd().add(FILE);

        assertThat(get(FakeLxd.exportPath(fingerprint), "")).isEqualTo("200 0123456789");
        assertThat(get(FakeLxd.infoPath(fingerprint), "")).contains("\"size\":10");
        assertThat(get(FakeLxd.infoPath("f00"), "")).startsWith("404");
    }

    private String get(String path, String range) {
        RequestOptions options =
                new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(upstream.url() + path);
        if (!range.isEmpty()) {
            options.putHeader("Range", range);
        }
        return Expect.soon(OnLoop.of(vertx, () -> client.request(options)
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> response.statusCode() + " " + body))));
    }
}
