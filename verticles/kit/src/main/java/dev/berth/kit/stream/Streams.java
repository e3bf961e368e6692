package dev.berth.kit.stream;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the two ends of byte streams. One per process; any thread, but each end belongs to the context that made it. */
public final class Streams {
    private final Vertx vertx;
    private final StreamLimits limits;
    private final StreamMeters meters;
    /** The event loops of the producers in this process, by address. */
    private final Map<String, EventLoop> producers = new ConcurrentHashMap<>();

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
        producers.put(address, context().nettyEventLoop());
        StreamOutlet outlet = new StreamOutlet(vertx, address, consumers, limits, meters);
        outlet.settled().onComplete(ended -> producers.remove(address));
        return outlet;
    }

    /**
     * Attaches a consumer's end; it is paused until it has a handler. The future fails when there is no such stream,
     * or it has its consumers already.
     */
    public Future<StreamInlet> inlet(String address) {
        StreamInlet inlet = make(address);
        return inlet.attach().map(inlet);
    }

    /**
     * Attaches a consumer's end whose bytes are worked off by workers; nothing flows before {@link WorkerInlet#begin}. Fails as
     * {@link #inlet(String)} does.
     *
     * @param mostPerBatch bytes that a worker is given at once, unless a single buffer is larger
     */
    public Future<WorkerInlet> inlet(String address, WorkerExecutor workers, int mostPerBatch, WorkerInlet.Work work) {
        ContextInternal home = context();
        Promise<WorkerInlet> attached = home.promise();
        nearProducer(address, home).runOnContext(go -> {
            StreamInlet inlet = make(address);
            WorkerInlet made = new WorkerInlet(vertx, home, inlet, workers, mostPerBatch, work);
            inlet.attach().map(made).onComplete(attached);
        });
        return attached.future();
    }

    private StreamInlet make(String address) {
        return new StreamInlet(vertx, address, limits, () -> limits.window(meters.open()));
    }

    /** A context on the event loop of a stream's producer, when that is in this process. */
    private Context nearProducer(String address, ContextInternal home) {
        EventLoop loop = producers.getOrDefault(address, home.nettyEventLoop());
        return ((VertxInternal) vertx).contextBuilder().withEventLoop(loop).build();
    }

    private ContextInternal context() {
        return ((VertxInternal) vertx).getOrCreateContext();
    }
}
