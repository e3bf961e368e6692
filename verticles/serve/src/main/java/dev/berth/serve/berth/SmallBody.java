package dev.berth.serve.berth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.LxdJson;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** A JSON object that a client sends: at most 64 KiB, within 30 s. */
final class SmallBody {
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_SECONDS = 30;

    private SmallBody() {}

    /** Reads a paused request to its end. Refused: INVALID when it is longer. */
    static Future<byte[]> read(HttpServerRequest request) {
        Promise<Buffer> whole = Promise.promise();
        Buffer collected = Buffer.buffer();
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> whole.tryComplete(collected));
        request.handler(bytes -> {
            if (collected.length() + bytes.length() > MOST_BYTES) {
                whole.tryFail(invalid("the body has at most " + MOST_BYTES + " bytes, got more"));
            } else {
                collected.appendBuffer(bytes);
            }
        });
        request.resume();
        return whole.future().timeout(MOST_SECONDS, TimeUnit.SECONDS).map(Buffer::getBytes);
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
