package dev.berth.lxd;

import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.OperationsContract.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes operation events: each frame carries the whole operation, because clients may handle frames in any order (rest-api 4.5). */
public final class OperationEvent {
    private static final String TYPE = "operation";

    private OperationEvent() {}

    /** The frame that tells listeners what {@code operation} is like at {@code now}. */
    public static Event event(Operation operation, Instant now) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", TYPE);
        frame.put("timestamp", LxdJson.time(now));
        frame.put("metadata", OperationDocument.of(operation));
        frame.put("location", "none");
        frame.put("project", operation.project());
        String json = new String(LxdJson.bytes(frame), StandardCharsets.UTF_8);
        return new Event(TYPE, operation.project(), now, OperationDocument.isSecret(operation), json);
    }
}
