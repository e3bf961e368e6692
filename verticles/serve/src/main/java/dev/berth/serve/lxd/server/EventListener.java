package dev.berth.serve.lxd.server;

import dev.berth.contract.OperationsContract.Event;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One client of the event stream, and what it has not read yet. Frames that come before its socket is open wait for it,
 * so that nothing is lost between the subscription and the handshake. A client that leaves more than
 * {@value #MAX_WAITING} characters unread is cut off: nobody waits for it, and memory stays bounded.
 *
 * <p>Lives on the event loop of its server instance.
 */
final class EventListener {
    /** Characters of frames that may wait for one client; hundreds of operation frames. */
    static final int MAX_WAITING = 1 << 20;

    private static final short GOING_AWAY = 1001;
    private static final short TRY_AGAIN_LATER = 1013;

    private final EventFilter filter;
    private final Runnable onTooSlow;
    private final Deque<String> early = new ArrayDeque<>();
    private ServerWebSocket socket;
    private int waiting;
    private boolean gone;

    /** @param onTooSlow called once, when the client is cut off */
    EventListener(EventFilter filter, Runnable onTooSlow) {
        this.filter = filter;
        this.onTooSlow = onTooSlow;
    }

    /** Sends the event if it is for this client and the client keeps up. Never waits. */
    void offer(Event event) {
        if (gone || !filter.lets(event)) {
            return;
        }
        waiting += event.json().length();
        if (waiting > MAX_WAITING) {
            cutOff();
        } else if (socket == null) {
            early.add(event.json());
        } else {
            write(event.json());
        }
    }

    /** The handshake is done: sends a sign of life, then what came meanwhile. */
    void open(ServerWebSocket opened) {
        socket = opened;
        socket.handler(ignored -> {});
        if (gone) {
            hangUp();
            return;
        }
        ping();
        early.forEach(this::write);
        early.clear();
    }

    /** A sign of life: some clients give up after 30 s without one (rest-api 4.5). */
    void ping() {
        if (socket != null && !gone) {
            socket.writePing(Buffer.buffer());
        }
    }

    /** True when the client itself is closing the stream, or was cut off. */
    boolean isLeaving() {
        return gone || socket.closeStatusCode() != null;
    }

    /** Ends the stream from our side, or answers the client's wish to end it. */
    void leave() {
        gone = true;
        socket.close(GOING_AWAY, "the server is stopping");
    }

    private void write(String frame) {
        socket.writeTextMessage(frame).onComplete(written -> waiting -= frame.length());
    }

    private void cutOff() {
        gone = true;
        early.clear();
        onTooSlow.run();
        if (socket != null) {
            hangUp();
        }
    }

    private void hangUp() {
        socket.close(TRY_AGAIN_LATER, "events were not read fast enough");
    }
}
