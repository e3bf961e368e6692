package dev.berth.serve.berth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.LxdJson;
import dev.berth.serve.edge.WholeBody;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** A JSON object that a client sends: at most 64 KiB, within 30 s. */
final class SmallBody {
    private static final int MOST_BYTES = 64 << 10;

    private SmallBody() {}

    /** Reads a paused request to its end. Refused: INVALID when it is longer or slower. */
    static Future<byte[]> read(HttpServerRequest request) {
        return WholeBody.of(request, Buffer.buffer(), MOST_BYTES).map(Buffer::getBytes);
    }

    /** Refused: INVALID when it is no JSON object. */
    static JsonNode object(byte[] body) {
        try {
            JsonNode json = LxdJson.read(body);
            if (json.isObject()) {
                return json;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
        throw invalid("expected a JSON object, got something else");
    }

    static RefusedException invalid(String text) {
        return new RefusedException(Refused.invalid(text));
    }
}
