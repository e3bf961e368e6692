package dev.berth.serve.lxd.images;

import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;

/** What strangers are told: the same bytes for what does not exist and for what they may not see (rest-api 5.2). */
final class Hidden {
    private Hidden() {}

    static RefusedException notFound() {
        return new RefusedException(Refused.notFound("Not Found"));
    }

    static boolean isMissing(Throwable cause) {
        return cause instanceof RefusedException no && no.refused().reason() == Reason.NOT_FOUND;
    }

    /** Replaces every refusal that would tell something; what broke stays broken, and what is not ready says so. */
    static <T> Future<T> hide(Throwable cause) {
        boolean tells = cause instanceof RefusedException no && no.refused().reason() != Reason.UNAVAILABLE;
        return Future.failedFuture(tells ? notFound() : cause);
    }
}
