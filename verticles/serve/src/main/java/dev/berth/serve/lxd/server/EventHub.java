package dev.berth.serve.lxd.server;

import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Event;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.ListAll;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.serve.edge.EdgeTools;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.LongTaskTimer;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes events to the clients of one server instance: one listener on the bus, whatever the number of clients. Lives on
 * that instance's event loop.
 *
 * <p>Metrics: {@code berth.events.listening} (clients connected now, and since when), {@code berth.events.cut.off}
 * (clients that did not keep up).
 */
final class EventHub {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

    /** Between two signs of life; clients give up after 30 s without one. */
    static final Duration PING_EVERY = Duration.ofSeconds(10);

    /** How often a stopping server looks whether the last work has ended. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final EdgeTools tools;
    private final Map<EventListener, LongTaskTimer.Sample> listeners = new LinkedHashMap<>();
    private final LongTaskTimer listening;
    private final Counter cutOff;
    private final Future<Void> hearing;

    EventHub(EdgeTools tools) {
        this.tools = tools;
        listening = tools.registry().more().longTaskTimer("berth.events.listening");
        cutOff = tools.registry().counter("berth.events.cut.off");
        hearing = tools.bus().hear(OperationsContract.EVENT, this::tell);
        tools.vertx().setPeriodic(PING_EVERY.toMillis(), id -> listeners.keySet().forEach(EventListener::ping));
    }

    /**
     * Subscribes first and only then shakes hands, because a client that got its 101 relies on every event from then on
     * (rest-api 4.3).
     */
    Future<Void> join(EventFilter filter, Supplier<Future<ServerWebSocket>> handshake) {
        EventListener listener = new EventListener(filter, cutOff::increment);
        return hearing
                .compose(heard -> {
                    add(listener);
                    return handshake.get();
                })
                .onSuccess(socket -> {
                    socket.closeHandler(closed -> remove(listener));
                    socket.shutdownHandler(closing -> leaveWhenQuiet(listener));
                    listener.open(socket);
                })
                .onFailure(cause -> remove(listener))
                .mapEmpty();
    }

    private void tell(Event event) {
        List.copyOf(listeners.keySet()).forEach(listener -> offer(listener, event));
    }

    /** What is wrong with one client is nobody else's concern. */
    private void offer(EventListener listener, Event event) {
        try {
            listener.offer(event);
        } catch (RuntimeException e) {
            LOG.warn("a client of the event stream broke and is forgotten", e);
            remove(listener);
        }
    }

    /**
     * A client whose stream ends takes its operation for failed, so when the server stops, work that is about to end is
     * let end first; the edge closes what is left when its time to drain is over (rest-api 4.3). A socket closes in the
     * same way when its client leaves: then there is nothing to wait for.
     */
    private void leaveWhenQuiet(EventListener listener) {
        if (listener.isLeaving()) {
            listener.leave();
            return;
        }
        isBusy().onSuccess(busy -> {
            if (busy && listeners.containsKey(listener)) {
                tools.vertx().setTimer(LOOK_EVERY.toMillis(), again -> leaveWhenQuiet(listener));
            } else {
                listener.leave();
            }
        });
    }

    private Future<Boolean> isBusy() {
        return tools.bus()
                .ask(OperationsContract.LIST, new ListAll(null))
                .map(all -> all.operations().stream().anyMatch(EventHub::isWork))
                .otherwise(false);
    }

    private static boolean isWork(Operation operation) {
        return operation.kind() == Kind.TASK && !operation.status().isFinal();
    }

    private void add(EventListener listener) {
        listeners.put(listener, listening.start());
    }

    private void remove(EventListener listener) {
        LongTaskTimer.Sample since = listeners.remove(listener);
        if (since != null) {
            since.stop();
        }
    }
}
