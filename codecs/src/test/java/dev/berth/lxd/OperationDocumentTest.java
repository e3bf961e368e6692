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

/** rest-api 4.1. */
class OperationDocumentTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void a_running_token_is_a_full_operation_with_numbers_and_names_of_its_state() {
        JsonNode json = LxdJson.read(OperationDocument.bytes(operation(Kind.TOKEN, Status.RUNNING, "", "s3cret")));

        assertThat(json.path("class").asText()).isEqualTo("token");
        assertThat(json.path("status").asText()).isEqualTo("Running");
        assertThat(json.path("status_code").asInt()).isEqualTo(103);
        assertThat(json.path("err").asText()).isEmpty();
        assertThat(json.path("location").asText()).isEqualTo("none");
        assertThat(json.path("created_at").asText()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(json.path("resources").path("images").get(0).asText()).isEqualTo("/1.0/images/ab");
    }

    @Test
    void the_secret_for_strangers_never_appears_by_itself() {
        byte[] json = OperationDocument.bytes(operation(Kind.TASK, Status.FAILURE, "EOF", "0a1b2c"));

        assertThat(new String(json, java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("0a1b2c").contains("\"err\":\"EOF\"");
    }

    private static Operation operation(Kind kind, Status status, String error, String secret) {
        return new Operation(
                "5b6c", kind, "Downloading image", "default", NOW, NOW, status,
                Map.of("images", List.of("/1.0/images/ab")), null, true, error, secret, Requestor.BERTH);
    }
}
