package dev.berth.serve.edge;

import dev.berth.contract.TrustContract;
import dev.berth.image.Caller;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;

/**
 * Says who is asking, before any face sees the request. Asked anew for every request, so that a revoked certificate is
 * worthless at once, also on an open connection.
 */
final class Identification {
    private final Bus bus;
    private final Clock clock;

    Identification(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** Who it is; {@link Callers#of} knows it afterwards. */
    Future<Caller> identify(RoutingContext ctx, Peer peer) {
        return caller(peer).onSuccess(caller -> Callers.put(ctx, caller, peer.certificate()));
    }

    private Future<Caller> caller(Peer peer) {
        if (peer.local()) {
            return Future.succeededFuture(Caller.local());
        }
        return peer.isCertifiedAt(clock.instant())
                ? bus.ask(TrustContract.IDENTIFY, new TrustContract.Identify(peer.fingerprint(), peer.address()))
                : Future.succeededFuture(Caller.stranger(peer.address()));
    }
}
