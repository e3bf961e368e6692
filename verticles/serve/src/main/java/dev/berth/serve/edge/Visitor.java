package dev.berth.serve.edge;

import dev.berth.serve.edge.Patience.Verdict;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One connection: who is on it, and what it is doing. Event loop only. */
final class Visitor {
    private final HttpConnection connection;
    private final WireCounter wire;
    private final EdgeLimits limits;
    private final Patience patience;
    private final Peer peer;
    private final boolean refused;
    private final Set<HttpServerRequest> running = new HashSet<>();
    private final Map<HttpServerRequest, Exchange> exchanges = new HashMap<>();
    private long begun;
    private boolean leaving;

    /** @param refused whether there is no room: what it asks is answered with 503 */
    Visitor(HttpConnection connection, WireCounter wire, EdgeLimits limits, boolean refused) {
        this.connection = connection;
        this.wire = wire;
        this.limits = limits;
        this.patience = new Patience(limits, System.nanoTime());
        this.peer = Peer.of(connection);
        this.refused = refused;
    }

    Peer peer() {
        return peer;
    }

    boolean isRefused() {
        return refused;
    }

    void begin(HttpServerRequest request) {
        begun++;
        running.add(request);
        wire.streams().ifPresent(streams -> exchanges.put(request, exchange(request, streams)));
    }

    private Exchange exchange(HttpServerRequest request, StreamWatch streams) {
        return new Exchange(request.response(), streams, new Patience(limits, System.nanoTime()));
    }

    void end(HttpServerRequest request) {
        running.remove(request);
        exchanges.remove(request);
    }

    /** Nothing more that it asks will be heard. */
    void dismiss() {
        leaving = true;
    }

    boolean isLeaving() {
        return leaving;
    }

    boolean sentFoldedLine() {
        return wire.sentFoldedLine();
    }

    Verdict look(long nanos) {
        return patience.look(new Sight(
                nanos,
                wire.received(),
                wire.isReading(),
                wire.pending(),
                wire.progress(),
                begun,
                running.size(),
                wire.awaitsHead(),
                isUploading(),
                wire.isWebsocket()));
    }

    /** Running requests that are looked at one by one: those of h2. */
    Collection<Exchange> exchanges() {
        return List.copyOf(exchanges.values());
    }

    /**
     * Whether bytes are owed: not any more when all have come, though we may hold the last ones back. A request without a
     * body may be held back until its answer is over, and owes nothing.
     */
    private boolean isUploading() {
        return wire.awaitsBody()
                && running.stream().anyMatch(request -> Leftover.hasBody(request) && !request.isEnded());
    }

    void leave() {
        leaving = true;
        connection.close();
    }

    /** Closes without waiting for what is still to be sent. */
    void cut() {
        leaving = true;
        wire.cut();
    }
}
