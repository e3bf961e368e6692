package dev.berth.serve.lxd.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.OperationsContract.Finish;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.serve.lxd.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class OperationRoutesTest {
    private static final String PATH = "/1.0/operations";
    private static final String SECRET = "5e".repeat(32);

    private final ServerHalf server = new ServerHalf();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("rest-api 204")
    void no_operations_are_an_empty_object() {
        assertThat(server.face.admin().get(PATH).metadata().toString()).isEqualTo("{}");
    }

    @Test
    @DisplayName("rest-api 4.2")
    void operations_are_listed_by_their_state_in_lower_case() {
        Operation one = task("default");
        Operation other = task("dev");
        server.operations.end(new Finish(other.id(), Status.FAILURE, null, "no", null));

        JsonNode urls = server.face.admin().get(PATH + "?all-projects=true").metadata();
        JsonNode whole = server.face.admin().get(PATH + "?recursion=1").metadata();

        assertThat(urls.at("/running/0").asText()).isEqualTo(PATH + "/" + one.id());
        assertThat(urls.at("/failure/0").asText()).isEqualTo(PATH + "/" + other.id());
        assertThat(whole.at("/running/0/id").asText()).isEqualTo(one.id());
        assertThat(whole.has("failure")).as("of another project").isFalse();
    }

    @Test
    @DisplayName("rest-api 4.2")
    void a_project_and_all_projects_exclude_each_other() {
        Heard heard = server.face.admin().get(PATH + "?all-projects=true&project=dev");

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.error()).isEqualTo("Cannot specify a project when requesting all projects");
    }

    @Test
    @DisplayName("rest-api 200")
    void an_operation_is_found_by_its_id() {
        Operation running = task("default");

        Heard heard = server.face.admin().get(PATH + "/" + running.id());

        assertThat(heard.metadata().get("status").asText()).isEqualTo("Running");
        assertThat(server.face.admin().get(PATH + "/nope").error()).isEqualTo("Operation not found");
        assertThat(server.face.admin().get(PATH + "/nope").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("rest-api 201")
    void a_wait_ends_when_its_time_is_up() {
        Operation running = task("default");
        Instant start = Instant.now();

        Heard heard = server.face.admin().get(PATH + "/" + running.id() + "/wait?timeout=1");

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.json().get("type").asText()).isEqualTo("sync");
        assertThat(heard.metadata().get("status_code").asInt()).isEqualTo(103);
        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofMillis(900), Duration.ofSeconds(18));
    }

    @Test
    @DisplayName("rest-api 202, 217")
    void a_wait_ends_with_the_operation_and_a_failure_is_a_plain_answer() throws Exception {
        Operation running = task("default");
        CompletableFuture<Heard> waiting = CompletableFuture.supplyAsync(
                () -> server.face.admin().get(PATH + "/" + running.id() + "/wait?timeout=-1"));

        server.operations.end(new Finish(running.id(), Status.FAILURE, null, "no room", null));

        Heard heard = waiting.get(10, TimeUnit.SECONDS);
        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.json().get("type").asText()).isEqualTo("sync");
        assertThat(heard.metadata().get("err").asText()).isEqualTo("no room");
    }

    @Test
    void a_wait_for_nothing_in_particular_is_refused() {
        Heard heard = server.face.admin().get(PATH + "/" + task("default").id() + "/wait?timeout=soon");

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.error()).contains("soon");
    }

    @Test
    @DisplayName("rest-api 2.5")
    void a_secret_lets_strangers_wait_and_nothing_else() {
        Operation running = server.operations.running(Kind.TASK, "default", SECRET, null);
        String wait = PATH + "/" + running.id() + "/wait?timeout=0";

        assertThat(server.face.stranger().get(wait).status()).isEqualTo(403);
        assertThat(server.face.stranger().get(wait + "&secret=wrong").status()).isEqualTo(403);
        assertThat(server.face.stranger().get(wait + "&secret=").status()).isEqualTo(403);
        assertThat(server.face.stranger().get(PATH + "/nope/wait?secret=" + SECRET).status()).isEqualTo(404);
        assertThat(server.face.stranger().get(wait + "&secret=" + SECRET).status()).isEqualTo(200);
        assertThat(server.face.stranger().get(PATH + "/" + running.id() + "?secret=" + SECRET).status()).isEqualTo(403);
    }

    @Test
    void no_secret_opens_an_operation_that_has_none() {
        String wait = PATH + "/" + task("default").id() + "/wait?timeout=0&secret=";

        assertThat(server.face.stranger().get(wait).status()).isEqualTo(403);
        assertThat(server.face.stranger().get(wait + "null").status()).isEqualTo(403);
    }

    @Test
    @DisplayName("rest-api 205")
    void a_token_is_revoked_by_deleting_its_operation() {
        Operation token = server.operations.running(Kind.TOKEN, "default", null, Map.of("secret", SECRET));

        Heard heard = server.face.admin().delete(PATH + "/" + token.id());

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.metadata().toString()).isEqualTo("{}");
        assertThat(server.operations.all.get(token.id()).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    @DisplayName("rest-api 206")
    void what_is_over_cannot_be_cancelled() {
        Operation over = task("default");
        server.operations.end(new Finish(over.id(), Status.SUCCESS, null, "", null));

        Heard heard = server.face.admin().delete(PATH + "/" + over.id());

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.error()).isEqualTo("Only running operations can be cancelled");
    }

    @Test
    @DisplayName("rest-api 2.6")
    void a_restricted_client_sees_its_projects_work_but_no_tokens() {
        Operation own = task("dev");
        Operation foreign = task("default");
        Operation token = server.operations.running(Kind.TOKEN, "dev", null, Map.of("secret", SECRET));
        server.trust.project("dev");

        JsonNode seen = server.face.restrictedTo("dev").get(PATH + "?project=dev").metadata();

        assertThat(seen.toString()).contains(own.id()).doesNotContain(foreign.id()).doesNotContain(token.id());
        assertThat(server.face.restrictedTo("dev").get(PATH).status()).isEqualTo(403);
        assertThat(server.face.restrictedTo("dev").get(PATH + "?all-projects=true").status()).isEqualTo(403);
        assertThat(server.face.restrictedTo("dev").get(PATH + "/" + foreign.id()).status()).isEqualTo(404);
        assertThat(server.face.restrictedTo("dev").delete(PATH + "/" + token.id()).status()).isEqualTo(404);
        assertThat(server.face.restrictedTo("dev").get(PATH + "/" + token.id() + "/wait").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("rest-api 4.2")
    void there_are_no_websockets_to_connect_to() {
        String path = PATH + "/" + task("default").id() + "/websocket";

        assertThat(server.face.admin().get(path).error()).isEqualTo("missing secret");
        assertThat(server.face.admin().get(path + "?secret=x").status()).isEqualTo(400);
        assertThat(server.face.admin().get(PATH + "/nope/websocket?secret=x").status()).isEqualTo(404);
    }

    private Operation task(String project) {
        return server.operations.running(Kind.TASK, project, null, Map.of("size", "1"));
    }
}
