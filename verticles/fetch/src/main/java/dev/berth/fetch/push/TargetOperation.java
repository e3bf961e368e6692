package dev.berth.fetch.push;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.Reply;
import dev.berth.lxd.LxdJson;
import java.nio.charset.StandardCharsets;

/** What the target says about the upload: an operation, in its envelope. Every value comes from a stranger. Pure. */
final class TargetOperation {
    private static final int FINAL = 200;

    private final JsonNode metadata;

    private TargetOperation(JsonNode metadata) {
        this.metadata = metadata;
    }

    /** Fails with the target's own words when it refused. */
    static TargetOperation read(Reply reply, byte[] body) {
        JsonNode envelope = parsed(reply, body);
        String error = envelope.path("error").asText("");
        if (reply.status() >= 300 || !error.isEmpty()) {
            throw FetchFailure.invalid(reply.location() + " refused the image: "
                    + (error.isEmpty() ? "it answered " + reply.status() : error));
        }
        return new TargetOperation(envelope.path("metadata"));
    }

    private static JsonNode parsed(Reply reply, byte[] body) {
        try {
            return LxdJson.read(body);
        } catch (IllegalArgumentException e) {
            throw FetchFailure.invalid("expected an answer of an LXD server from " + reply.location() + ", got "
                    + reply.status() + " and " + shown(body));
        }
    }

    private static String shown(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 80), StandardCharsets.UTF_8);
        return "\"" + text.replaceAll("\\p{Cntrl}", " ") + "\"";
    }

    String id() {
        String id = metadata.path("id").asText("");
        if (id.isEmpty()) {
            throw FetchFailure.invalid("expected an operation from the other server, got none");
        }
        return id;
    }

    /** What strangers wait with, or empty. */
    String secret() {
        return metadata.path("metadata").path("secret").asText("");
    }

    boolean isFinal() {
        return metadata.path("status_code").asInt(0) >= FINAL;
    }

    /** Empty for success: clients judge by it, not by the status (rest-api 4.1). */
    String error() {
        String error = metadata.path("err").asText("");
        boolean failed = metadata.path("status_code").asInt(0) > FINAL;
        return error.isEmpty() && failed ? metadata.path("status").asText("Failure") : error;
    }
}
