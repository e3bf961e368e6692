package dev.berth.serve.berth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.Answer;
import dev.berth.contract.ExpireContract;
import dev.berth.contract.ExpireContract.Forecast;
import dev.berth.contract.ExpireContract.Swept;
import dev.berth.contract.ExpireContract.Verdict;
import dev.berth.contract.MirrorContract;
import dev.berth.contract.MirrorContract.Upstream;
import dev.berth.contract.MirrorContract.Upstreams;
import dev.berth.contract.PathPrefix;
import dev.berth.contract.RefreshContract;
import dev.berth.contract.RefreshContract.Check;
import dev.berth.contract.RefreshContract.Schedules;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Access;
import dev.berth.contract.TrustContract.AccessIsAdded;
import dev.berth.contract.TrustContract.Accesses;
import dev.berth.contract.TrustContract.AddAccess;
import dev.berth.image.Fingerprint;
import dev.berth.kit.openpgp.SigningKey;
import dev.berth.lxd.LxdJson;
import dev.berth.serve.lxd.FaceServer;
import dev.berth.serve.lxd.Heard;
import dev.berth.testkit.Expect;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BerthFaceTest {
    private static final Fingerprint IMAGE = new Fingerprint("ab".repeat(32));
    private static final SigningKey KEY = SigningKey.make("Berth", Clock.systemUTC());
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final Access GUEST = new Access("guest", List.of(new PathPrefix("/streams")), NOON, null);

    private final FaceServer server = FaceServer.with(new BerthFace(() -> KEY));

    @BeforeEach
    void answer() {
        Verdict due = new Verdict("p1", IMAGE, 42, NOON, "unused for 10 days");
        Verdict never = new Verdict("default", IMAGE, 0, null, "in use");
        Check check = new Check("default", IMAGE, NOON, null, "");
        FaceServer.await(Future.all(
                server.bus().answer(ExpireContract.FORESEE,
                        asked -> Future.succeededFuture(new Forecast(List.of(due, never)))),
                server.bus().answer(ExpireContract.SWEEP, asked -> Future.succeededFuture(new Swept(List.of(due)))),
                server.bus().answer(TrustContract.ADD_ACCESS, this::add),
                server.bus().answer(TrustContract.LIST_ACCESS,
                        asked -> Future.succeededFuture(new Accesses(List.of(GUEST)))),
                server.bus().answer(TrustContract.REMOVE_ACCESS, asked -> Future.succeededFuture(asked.name().equals("guest")
                        ? Answer.done()
                        : Answer.no(Refused.notFound("there is no access token \"" + asked.name() + "\"")))),
                server.bus().answer(RefreshContract.SCHEDULE,
                        asked -> Future.succeededFuture(new Schedules(List.of(check))))));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_dry_run_tells_what_would_go_when_and_by_which_rule() {
        JsonNode verdicts = server.admin().get("/berth/v1/expiry?dry-run").json().get("metadata");

        assertThat(verdicts.get(0).toString()).isEqualTo("{\"project\":\"p1\",\"fingerprint\":\"" + IMAGE
                + "\",\"bytes\":42,\"due\":\"2026-11-23T12:00:00Z\",\"rule\":\"unused for 10 days\"}");
        assertThat(verdicts.get(1).get("due").isNull()).isTrue();
    }

    @Test
    void posting_sweeps_and_tells_what_went() {
        assertThat(server.admin().post("/berth/v1/expiry", null).json().get("metadata")).hasSize(1);
    }

    @Test
    void the_schedule_tells_next_and_last_look() {
        JsonNode check = server.admin().get("/berth/v1/refresh").json().get("metadata").get(0);

        assertThat(check.toString()).isEqualTo("{\"project\":\"default\",\"fingerprint\":\"" + IMAGE
                + "\",\"next\":\"2026-11-23T12:00:00Z\",\"last\":null,\"outcome\":\"\"}");
    }

    @Test
    void the_upstreams_tell_how_they_are_and_no_password() {
        Upstream upstream = new Upstream(
                "up", "simplestreams", "https://user:secret@up.example/x", List.of("streams"), 7, null, "cannot connect");
        Expect.soon(server.bus().answer(
                MirrorContract.UPSTREAMS, asked -> Future.succeededFuture(new Upstreams(List.of(upstream)))));

        assertThat(server.admin().get("/berth/v1/upstreams").json().get("metadata").get(0).toString())
                .isEqualTo("{\"name\":\"up\",\"protocol\":\"simplestreams\",\"url\":\"https://up.example/x\","
                        + "\"expose\":[\"streams\"],\"images\":7,\"asked\":null,\"stale\":\"cannot connect\"}");
        assertThat(server.stranger().get("/berth/v1/upstreams").status()).isEqualTo(403);
    }

    private Future<Answer<AccessIsAdded>> add(AddAccess asked) {
        assertThat(asked.lifetimeSeconds()).isEqualTo(60);
        return Future.succeededFuture(
                Answer.yes(new AccessIsAdded("s3cret", new Access(asked.name(), asked.paths(), NOON, NOON))));
    }

    @Test
    void a_token_for_reading_is_told_once() {
        Heard made = server.admin().post(
                "/berth/v1/access", Map.of("name", "guest", "paths", List.of("/streams/"), "expires_in", 60));
        String listed = server.admin().get("/berth/v1/access").json().get("metadata").toString();

        assertThat(made.json().get("metadata").get("token").asText()).isEqualTo("s3cret");
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(listed).isEqualTo("[{\"name\":\"guest\",\"paths\":[\"/streams\"],"
                + "\"created_at\":\"2026-11-23T12:00:00Z\",\"expires_at\":null}]");
    }

    @Test
    void a_token_for_reading_can_be_removed_once() {
        assertThat(server.admin().delete("/berth/v1/access/guest").status()).isEqualTo(200);
        assertThat(server.admin().delete("/berth/v1/access/other").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[]", "{\"name\": \"x\", \"paths\": [\"streams\"]}", "{\"name\": \"x\", \"paths\": [\"/a/../b\"]}",
        "{\"name\": \"x\", \"paths\": [7]}", "{\"name\": \"x\", \"paths\": [\"/a\"], \"expires_in\": \"soon\"}"
    })
    void a_token_that_makes_no_sense_is_refused(String body) {
        assertThat(server.admin().post("/berth/v1/access", LxdJson.read(body.getBytes(UTF_8))).status()).isEqualTo(400);
    }

    @Test
    void only_administrators_are_told() {
        Heard stranger = server.stranger().get("/berth/v1/expiry?dry-run");
        Heard restricted = server.restrictedTo("p1").get("/berth/v1/refresh");

        assertThat(stranger.status()).isEqualTo(403);
        assertThat(stranger.json().get("error").asText()).isEqualTo("not authorized");
        assertThat(restricted.status()).isEqualTo(403);
        assertThat(server.stranger().get("/berth/v1/access").status()).isEqualTo(403);
        assertThat(server.stranger().post("/berth/v1/expiry", null).status()).isEqualTo(403);
    }

    @Test
    void everybody_may_have_the_public_key() {
        Heard key = server.stranger().get("/berth/v1/key");

        assertThat(key.status()).isEqualTo(200);
        assertThat(key.text()).isEqualTo(KEY.publicKey());
        assertThat(key.header("Content-Type")).isEqualTo("application/pgp-keys");
        assertThat(server.stranger().ask("GET", "/berth/v1/key", null, "If-None-Match", key.header("ETag")).status())
                .isEqualTo(304);
    }
}
