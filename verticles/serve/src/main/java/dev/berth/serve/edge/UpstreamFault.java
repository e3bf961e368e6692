package dev.berth.serve.edge;

import dev.berth.contract.Refused;
import dev.berth.contract.Refused.Reason;
import dev.berth.kit.bus.RefusedException;
import java.util.Set;

/** Tells what an upstream did wrong from what the client or we did: it becomes 502, with the reason in words. */
public final class UpstreamFault {
    private static final Set<Reason> THEIRS = Set.of(Reason.INVALID, Reason.FORBIDDEN, Reason.NOT_FOUND, Reason.UNAVAILABLE);

    private UpstreamFault() {}

    /** The same failure, or that of the upstream when it is one. */
    public static Throwable of(Throwable cause) {
        return cause instanceof RefusedException no && THEIRS.contains(no.refused().reason())
                ? new RefusedException(new Refused(Reason.UPSTREAM, no.refused().text()))
                : cause;
    }
}
