package dev.berth.lxd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Requestor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OperationDocumentTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void carries_every_key_that_clients_read() {
        JsonNode document = LxdJson.read(OperationDocument.bytes(operation(Kind.TASK, Status.RUNNING, "")));

        assertThat(document.fieldNames()).toIterable().contains(
                "id", "class", "description", "created_at", "updated_at", "status", "status_code",
                "resources", "metadata", "may_cancel", "err", "location");
        assertThat(document.get("status").asText()).isEqualTo("Running");
        assertThat(document.get("status_code").asInt()).isEqualTo(103);
        assertThat(document.at("/resources/images/0").asText()).isEqualTo("/1.0/images/abc");
        assertThat(document.get("location").asText()).isEqualTo("none");
    }

    @Test
    void a_failed_operation_has_its_reason_and_a_good_one_an_empty_text() {
        assertThat(OperationDocument.of(operation(Kind.TASK, Status.FAILURE, "no room"))).containsEntry("err", "no room");
        assertThat(OperationDocument.of(operation(Kind.TASK, Status.SUCCESS, null))).containsEntry("err", "");
    }

    @Test
    void only_tokens_are_secret_and_the_waiting_secret_of_a_task_is_not_in_its_document() {
        Operation task = operation(Kind.TASK, Status.RUNNING, "");

        assertThat(OperationDocument.isSecret(task)).isFalse();
        assertThat(OperationDocument.isSecret(operation(Kind.TOKEN, Status.RUNNING, ""))).isTrue();
        assertThat(new String(OperationDocument.bytes(task), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("hidden");
    }

    private static Operation operation(Kind kind, Status status, String error) {
        return new Operation(
                "c0ffee", kind, "Importing image", "default", NOON, NOON, status,
                Map.of("images", List.of("/1.0/images/abc")), Map.of("size", "12"), true, error, "hidden",
                new Requestor("ab12", "tls", "127.0.0.1:5"));
    }
}
