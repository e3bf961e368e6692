package dev.berth.serve.lxd.server;

import dev.berth.contract.CatalogContract.Settings;
import dev.berth.contract.Refused;
import dev.berth.kit.bus.RefusedException;
import dev.berth.kit.secret.PasswordHash;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;

/**
 * Checks the trust password away from the event loop: it is slow on purpose. Strangers can ask for checks, so only a few
 * may wait. Lives on the event loop of its server instance.
 */
final class TrustPassword {
    /** Checks of one server instance that may wait or run; each takes about a tenth of a second. */
    static final int MOST_CHECKS = 16;

    private final WorkerExecutor workers;
    private int checks;

    TrustPassword(WorkerExecutor workers) {
        this.workers = workers;
    }

    /** False at once when there is no trust password, or nothing was given. Refused: UNAVAILABLE when too many wait. */
    Future<Boolean> fits(String given, Settings settings) {
        if (!settings.hasTrustPassword() || given.isEmpty()) {
            return Future.succeededFuture(false);
        }
        if (checks >= MOST_CHECKS) {
            return Future.failedFuture(new RefusedException(new Refused(
                    Refused.Reason.UNAVAILABLE, "too many passwords are being checked; try again in a few seconds")));
        }
        checks++;
        return workers.executeBlocking(() -> PasswordHash.fits(given, settings.trustPasswordHash()), false)
                .onComplete(checked -> checks--);
    }
}
