package dev.berth.serve.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Access;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AnonymousLimitTest {
    private static final int BURST = 5;

    @TempDir
    Path data;

    private RunningEdge edge;

    @BeforeEach
    void start() throws Exception {
        edge = RunningEdge.with(
                data,
                usual -> usual.withAccess(new AccessConf(List.of(), 1, BURST)),
                new TestFace((router, tools) -> router.get("/x").handler(ctx -> ctx.end("here"))));
        RunningEdge.await(new Bus(edge.vertx).answer(TrustContract.RECOGNISE_ACCESS, asked ->
                Future.succeededFuture(asked.token().equals("good")
                        ? Answer.yes(new Access("guest", List.of(), Instant.EPOCH, null))
                        : Answer.no(Refused.forbidden("the access token is not known here")))));
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    void a_stranger_who_asks_too_often_is_told_when_to_come_again() throws Exception {
        assertThat(statuses(Client.http(), BURST)).containsOnly(200);

        HttpResponse<byte[]> refused = Client.get(edge, "/x");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(Client.text(refused)).contains("more than 1 requests per second of one address");
        assertThat(edge.counter("berth.http.refused.requests", "reason", "limit")).isEqualTo(1);
    }

    @Test
    void guessing_tokens_counts_and_having_one_does_not() throws Exception {
        assertThat(statuses(Client.http(), BURST + 5, "Authorization", "Bearer good")).containsOnly(200);
        assertThat(statuses(Client.http(), BURST + 5, "Authorization", "Bearer guess")).contains(429);
    }

    @Test
    void trusted_clients_ask_as_often_as_they_like() throws Exception {
        SelfSignedCertificate own = TestCertificates.client();
        edge.trusted.add(Fingerprints.of(own.certificate()));

        assertThat(statuses(Client.http(Client.tls(own)), BURST + 5)).containsOnly(200);
    }

    private List<Integer> statuses(HttpClient client, int requests, String... headers) {
        return IntStream.range(0, requests).mapToObj(i -> status(client, headers)).toList();
    }

    private int status(HttpClient client, String... headers) {
        try {
            return Client.send(client, edge, "GET", "/x", headers).statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
