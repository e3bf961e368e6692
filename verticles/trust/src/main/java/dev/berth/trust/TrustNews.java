package dev.berth.trust;

import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.Requestor;
import dev.berth.kit.bus.Bus;
import dev.berth.lxd.Lifecycle;
import java.time.Clock;
import java.util.Map;

/** Tells the event stream who changed what (rest-api 4.5). */
final class TrustNews {
    private static final String WHOLE_SERVER = "";

    private final Bus bus;
    private final Clock clock;

    TrustNews(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** Something of the whole server that everybody may hear of: a project. */
    void tell(String action, String source, Requestor requestor) {
        bus.announce(OperationsContract.EVENT, event(action, source, Map.of(), WHOLE_SERVER, requestor));
    }

    /** Something of the whole server that restricted clients cannot see: a certificate. */
    void tellAdmins(String action, String source, Requestor requestor) {
        bus.announce(OperationsContract.EVENT, event(action, source, Map.of(), WHOLE_SERVER, requestor).forAdmins());
    }

    /** Something within a project. */
    void tellIn(String project, String action, String source, Requestor requestor) {
        bus.announce(OperationsContract.EVENT, event(action, source, Map.of(), project, requestor));
    }

    void tellRenamed(String action, String source, String oldName, Requestor requestor) {
        Map<String, String> context = Map.of("old_name", oldName);
        bus.announce(OperationsContract.EVENT, event(action, source, context, WHOLE_SERVER, requestor));
    }

    private Event event(String action, String source, Map<String, ?> context, String project, Requestor requestor) {
        return Lifecycle.event(action, source, context, requestor, project, clock.instant());
    }
}
