package dev.berth.serve.lxd.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Answer;
import dev.berth.contract.IntakeContract;
import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Purpose;
import dev.berth.contract.TrustContract.RedeemToken;
import dev.berth.contract.TrustContract.TokenIsGranted;
import dev.berth.contract.TrustContract.TokenIsRedeemed;
import dev.berth.serve.lxd.images.ImageWorld.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenUploadTest {
    private static final String SECRET = "00ff".repeat(16);
    private final ImageWorld world = new ImageWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("rest-api 148")
    void a_push_request_makes_a_token_that_remembers_what_it_is_for() {
        world.features.on(TrustContract.GRANT_TOKEN, asked -> Answer.yes(granted(asked.metadata())));

        Reply reply = world.send(
                "POST", "/1.0/images",
                "{\"public\":true,\"properties\":{\"os\":\"x\"},\"aliases\":[{\"name\":\"u1\",\"description\":\"d\"}],"
                        + "\"expires_at\":\"2030-01-01T00:00:00Z\",\"source\":{\"type\":\"image\",\"mode\":\"push\","
                        + "\"fingerprint\":\"" + ImageWorld.FINGERPRINT + "\"}}");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("metadata").path("class").asText()).isEqualTo("token");
        assertThat(reply.json().path("metadata").path("metadata").path("secret").asText()).isEqualTo(SECRET);
        TrustContract.GrantToken token = world.features.lastAsked(TrustContract.GRANT_TOKEN);
        assertThat(token.purpose()).isEqualTo(Purpose.UPLOAD_IMAGE);
        assertThat(token.metadata())
                .containsEntry("public", true)
                .containsEntry("properties", Map.of("os", "x"))
                .containsEntry("aliases", List.of(Map.of("name", "u1", "description", "d")))
                .containsEntry("expires_at", "2030-01-01T00:00:00Z");
    }

    @Test
    @DisplayName("rest-api 148, 154: LXD's client leaves the type of a push empty")
    void a_push_request_without_a_type_makes_a_token_too() {
        world.features.on(TrustContract.GRANT_TOKEN, asked -> Answer.yes(granted(asked.metadata())));

        Reply reply = world.send(
                "POST", "/1.0/images",
                "{\"properties\":null,\"expires_at\":\"0001-01-01T00:00:00Z\",\"profiles\":null,\"aliases\":null,"
                        + "\"source\":{\"type\":\"\",\"mode\":\"push\",\"fingerprint\":\"" + ImageWorld.FINGERPRINT + "\"}}");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("metadata").path("class").asText()).isEqualTo("token");
    }

    @Test
    @DisplayName("rest-api 149, 151")
    void a_stranger_with_a_token_uploads_and_the_token_wins_over_headers() {
        redeem(Map.of(
                "public", true, "properties", Map.of("os", "token"), "expires_at", "2030-01-01T00:00:00Z", "aliases",
                List.of(Map.of("name", "u1", "description", "d"))));

        Reply reply = upload("X-LXD-properties", "os=header&kept=yes", "X-Incus-aliases", "u2");

        assertThat(reply.status()).isEqualTo(202);
        IntakeContract.Claims claims = world.features.lastAsked(IntakeContract.ARRIVE).claims();
        assertThat(claims.visible()).isTrue();
        assertThat(claims.properties()).containsEntry("os", "token").containsEntry("kept", "yes");
        assertThat(claims.aliases()).extracting("name").containsExactly("u1");
        assertThat(claims.expiresAt()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        RedeemToken redeemed = world.features.lastAsked(TrustContract.REDEEM_TOKEN);
        assertThat(redeemed.secret()).isEqualTo(SECRET);
        assertThat(redeemed.purpose()).isEqualTo(Purpose.UPLOAD_IMAGE);
        assertThat(redeemed.project()).isEqualTo("default");
    }

    @Test
    @DisplayName("rest-api 149, 150: the pusher waits with a secret of the operation's own")
    void the_operation_has_a_fresh_secret_from_the_first_answer_to_the_end() {
        redeem(Map.of());

        Reply reply = upload();

        String secret = reply.json().path("metadata").path("metadata").path("secret").asText();
        assertThat(secret).matches("[0-9a-f]{64}").isNotEqualTo(SECRET);
        Start start = world.features.lastAsked(OperationsContract.START);
        assertThat(start.secret()).isEqualTo(secret);
        Finish end = world.operations.end(reply.operation());
        assertThat(end.metadata()).containsEntry("secret", secret).containsKeys("fingerprint", "size");
    }

    @Test
    void uploads_without_a_token_have_no_secret() {
        Reply reply = world.send("POST", "/1.0/images", BodyPublishers.ofByteArray(RawUploadTest.random(9)));

        assertThat(world.features.lastAsked(OperationsContract.START).secret()).isNull();
        assertThat(world.operations.end(reply.operation()).metadata()).doesNotContainKey("secret");
    }

    @Test
    @DisplayName("rest-api 152, 153")
    void a_token_that_is_used_up_or_of_another_kind_is_worth_nothing() {
        Reply reply = upload();

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.error()).isEqualTo("not authorized");
        assertThat(world.features.asked(IntakeContract.ARRIVE)).isEmpty();
    }

    @Test
    void a_stranger_learns_nothing_about_projects() {
        Reply reply = world.send(
                "POST", "/1.0/images?project=no", BodyPublishers.ofByteArray(RawUploadTest.random(9)), "Test-Caller",
                "stranger", "X-LXD-secret", SECRET, "X-LXD-fingerprint", ImageWorld.FINGERPRINT);

        assertThat(reply.status()).isEqualTo(403);
    }

    @Test
    void a_token_is_good_for_bytes_but_not_for_commands() {
        redeem(Map.of());

        Reply reply = world.send(
                "POST", "/1.0/images", "{\"source\":{\"type\":\"image\",\"mode\":\"push\"}}", "Test-Caller", "stranger",
                "X-LXD-secret", SECRET, "X-LXD-fingerprint", ImageWorld.FINGERPRINT);

        assertThat(reply.status()).isEqualTo(403);
    }

    @Test
    void a_push_request_needs_a_whole_fingerprint() {
        Reply reply = world.send(
                "POST", "/1.0/images", "{\"source\":{\"type\":\"image\",\"mode\":\"push\",\"fingerprint\":\"abc\"}}");

        assertThat(reply.status()).isEqualTo(400);
    }

    private void redeem(Map<String, Object> metadata) {
        world.features.on(TrustContract.REDEEM_TOKEN, asked -> asked.secret().equals(SECRET)
                ? Answer.yes(new TokenIsRedeemed(metadata, Instant.now()))
                : Answer.no(Refused.forbidden("not authorized")));
    }

    private Reply upload(String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 6);
        List<String> token = List.of(
                "Test-Caller", "stranger", "X-LXD-secret", SECRET, "X-LXD-fingerprint", ImageWorld.FINGERPRINT);
        for (int i = 0; i < token.size(); i++) {
            all[headers.length + i] = token.get(i);
        }
        return world.send("POST", "/1.0/images", BodyPublishers.ofByteArray(RawUploadTest.random(50)), all);
    }

    static TokenIsGranted granted(Map<String, Object> metadata) {
        Map<String, Object> shown = new java.util.LinkedHashMap<>(metadata);
        shown.put("secret", SECRET);
        Operation operation = new Operation(
                "11112222", Kind.TOKEN, "Image upload token", "default", Instant.now(), Instant.now(),
                OperationsContract.Status.RUNNING, null, shown, true, "", null, null);
        return new TokenIsGranted(SECRET, operation);
    }
}
