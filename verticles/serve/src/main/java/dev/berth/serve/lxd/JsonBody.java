package dev.berth.serve.lxd;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.LxdJson;
import dev.berth.serve.edge.WholeBody;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads JSON bodies: at most 1 MiB within 30 s, one value, no duplicate keys. Everything else is refused with 400.
 */
public final class JsonBody {
    /** Most bytes of a body. The largest honest one is a certificate or a long list of properties. */
    public static final int MOST_BYTES = 1 << 20;

    private JsonBody() {}

    /** The body, which must be a JSON object. Refused: INVALID. */
    public static Future<JsonFields> of(RoutingContext ctx) {
        return read(ctx.request(), Buffer.buffer()).map(JsonBody::object);
    }

    /** The body, an empty object when there is none. Refused: INVALID. */
    public static Future<JsonFields> optional(RoutingContext ctx) {
        return read(ctx.request(), Buffer.buffer())
                .map(body -> body.length() == 0 ? object(Buffer.buffer("{}")) : object(body));
    }

    /** The body of a request whose first bytes were taken already. The request is paused; it is resumed here. */
    public static Future<JsonFields> after(Buffer first, HttpServerRequest request) {
        return read(request, first).map(JsonBody::object);
    }

    /** Parses a whole body. Throws {@link RefusedException}. */
    public static JsonFields object(Buffer body) {
        try {
            return JsonFields.of(LxdJson.read(body.getBytes()));
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    private static Future<Buffer> read(HttpServerRequest request, Buffer first) {
        return WholeBody.of(request, first, MOST_BYTES);
    }

    private static RefusedException invalid(String text) {
        return new RefusedException(Refused.invalid(text));
    }
}
