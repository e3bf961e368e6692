package dev.berth.serve.edge;

import dev.berth.serve.edge.Patience.Verdict;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Set;

/** One connection: who is on it, and what it is doing. Event loop only. */
final class Visitor {
    private final HttpConnection connection;
    private final WireCounter wire;
    private final Patience patience;
    private final Peer peer;
    private final boolean refused;
    private final Set<HttpServerRequest> running = new HashSet<>();
    private long begun;
    private boolean leaving;

    /** @param refused whether there is no room: what it asks is answered with 503 */
    Visitor(HttpConnection connection, WireCounter wire, Patience patience, boolean refused) {
        this.connection = connection;
        this.wire = wire;
        this.patience = patience;
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
    }

    void end(HttpServerRequest request) {
        running.remove(request);
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

    /**
     * Whether bytes are owed: not any more when all have come, though we may hold the last ones back. Over h2 one connection
     * carries many bodies, each with a window of its own, so its bytes tell nothing of one. A request without a body may be
     * held back until its answer is over, and owes nothing.
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
