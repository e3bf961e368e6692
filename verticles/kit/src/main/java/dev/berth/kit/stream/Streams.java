package dev.berth.kit.stream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Makes the two ends of byte streams. One per process; any thread, but each end belongs to the context that made it. */
public final class Streams {
    private final Vertx vertx;
    private final StreamLimits limits;
    private final StreamMeters meters;

    public Streams(Vertx vertx, StreamLimits limits, StreamMeters meters) {
        this.vertx = vertx;
        this.limits = limits;
        this.meters = meters;
    }

    /**
     * Opens a producer's end. Open it before telling anybody the address.
     *
     * @param address data-plane address, unique for ever
     * @param consumers how many will attach; nothing is sent before all of them have
     */
    public StreamOutlet outlet(String address, int consumers) {
        return new StreamOutlet(vertx, address, consumers, limits, meters);
    }

    /**
     * Attaches a consumer's end; it is paused until it has a handler. The future fails when there is no such stream,
     * or it has its consumers already.
     */
    public Future<StreamInlet> inlet(String address) {
        StreamInlet inlet = new StreamInlet(vertx, address, limits, () -> limits.window(meters.open()));
        return inlet.attach().map(inlet);
    }
}
