package dev.berth.serve.lxd.images;

import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;

/** What strangers are told: the same bytes for what does not exist and for what they may not see (rest-api 5.2). */
final class Hidden {
    private Hidden() {}

    static RefusedException notFound() {
        return new RefusedException(Refused.notFound("Not Found"));
    }

    /** Replaces every refusal that would tell something; what broke stays broken. */
    static <T> Future<T> hide(Throwable cause) {
        return Future.failedFuture(cause instanceof RefusedException ? notFound() : cause);
    }
}
