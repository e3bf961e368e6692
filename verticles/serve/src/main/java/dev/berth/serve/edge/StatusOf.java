package dev.berth.serve.edge;

import dev.berth.contract.Refused;
import java.util.EnumMap;
import java.util.Map;

/** The one table from kinds of refusal to HTTP status (rest-api 5.2). */
public final class StatusOf {
    private static final Map<Refused.Reason, Integer> TABLE = new EnumMap<>(Map.of(
            Refused.Reason.INVALID, 400,
            Refused.Reason.FORBIDDEN, 403,
            Refused.Reason.NOT_FOUND, 404,
            Refused.Reason.CONFLICT, 409,
            Refused.Reason.CHANGED, 412,
            Refused.Reason.FULL, 507,
            Refused.Reason.UNAVAILABLE, 503,
            Refused.Reason.UPSTREAM, 502,
            Refused.Reason.BROKEN, 500));

    private StatusOf() {}

    public static int reason(Refused.Reason reason) {
        return TABLE.get(reason);
    }
}
