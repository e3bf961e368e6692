package dev.berth.lxd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Status;
import dev.berth.contract.Requestor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** rest-api 4.2 and 4.5. */
class OperationEventTest {
    private static final Instant CREATED = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:05Z");

    @Test
    void the_metadata_of_an_event_is_the_document_itself() {
        Operation operation = operation("1", Kind.TASK, Status.RUNNING, Map.of("size", "3"), null);

        Event event = OperationEvent.event(operation, NOW);

        JsonNode frame = LxdJson.read(event.json().getBytes(StandardCharsets.UTF_8));
        assertThat(frame.get("metadata")).isEqualTo(LxdJson.read(OperationDocument.bytes(operation)));
        assertThat(frame.get("timestamp").asText()).isEqualTo("2026-11-23T08:00:05Z");
        assertThat(frame.get("project").asText()).isEqualTo("ours").isEqualTo(event.project());
        assertThat(frame.get("type").asText()).isEqualTo("operation").isEqualTo(event.type());
        assertThat(event.adminsOnly()).isFalse();
    }

    @Test
    void an_event_with_a_secret_in_it_is_for_administrators_only() {
        Operation token = operation("1", Kind.TOKEN, Status.RUNNING, null, null);
        Operation upload = operation("2", Kind.TASK, Status.RUNNING, null, "5ec2e7");
        Operation shown = operation("3", Kind.TASK, Status.RUNNING, Map.of("secret", "5ec2e7"), null);

        assertThat(List.of(token, upload, shown))
                .allSatisfy(operation -> assertThat(OperationEvent.event(operation, NOW).adminsOnly()).isTrue());
    }

    private static Operation operation(
            String id, Kind kind, Status status, Map<String, Object> metadata, String secret) {
        return new Operation(
                id, kind, "Downloading image", "ours", CREATED, CREATED, status, null, metadata, true, "", secret, Requestor.BERTH);
    }
}
