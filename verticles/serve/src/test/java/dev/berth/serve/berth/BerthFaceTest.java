package dev.berth.serve.berth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.ExpireContract;
import dev.berth.contract.ExpireContract.Forecast;
import dev.berth.contract.ExpireContract.Swept;
import dev.berth.contract.ExpireContract.Verdict;
import dev.berth.contract.RefreshContract;
import dev.berth.contract.RefreshContract.Check;
import dev.berth.contract.RefreshContract.Schedules;
import dev.berth.image.Fingerprint;
import dev.berth.serve.lxd.FaceServer;
import dev.berth.serve.lxd.Heard;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BerthFaceTest {
    private static final Fingerprint IMAGE = new Fingerprint("ab".repeat(32));
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final FaceServer server = FaceServer.with(new BerthFace());

    @BeforeEach
    void answer() {
        Verdict due = new Verdict("p1", IMAGE, 42, NOON, "unused for 10 days");
        Verdict never = new Verdict("default", IMAGE, 0, null, "in use");
        Check check = new Check("default", IMAGE, NOON, null, "");
        FaceServer.await(Future.all(
                server.bus().answer(ExpireContract.FORESEE,
                        asked -> Future.succeededFuture(new Forecast(List.of(due, never)))),
                server.bus().answer(ExpireContract.SWEEP, asked -> Future.succeededFuture(new Swept(List.of(due)))),
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
    void only_administrators_are_told() {
        Heard stranger = server.stranger().get("/berth/v1/expiry?dry-run");
        Heard restricted = server.restrictedTo("p1").get("/berth/v1/refresh");

        assertThat(stranger.status()).isEqualTo(403);
        assertThat(stranger.json().get("error").asText()).isEqualTo("not authorized");
        assertThat(restricted.status()).isEqualTo(403);
        assertThat(server.stranger().post("/berth/v1/expiry", null).status()).isEqualTo(403);
    }
}
