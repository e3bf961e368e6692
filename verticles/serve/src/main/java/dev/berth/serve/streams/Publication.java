package dev.berth.serve.streams;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.CatalogContract.SelectImages;
import dev.berth.contract.Refused;
import dev.berth.image.Image;
import dev.berth.kit.async.SingleFlight;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.EdgeTools;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The documents as they are now. One for all server instances of a process; any thread.
 *
 * <p>Who asks after the catalog changed waits for documents that show the change; they are made once, however many ask,
 * and at most one set at a time.
 */
public final class Publication {
    /** Name of the worker pool that makes the documents. */
    public static final String POOL = "berth-streams";

    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
    private static final String PROJECT = "default";
    private static final long MOST_SECONDS = 20;

    private final Twins twins;
    private final AtomicBoolean following = new AtomicBoolean();
    private final AtomicLong changes = new AtomicLong();
    private final SingleFlight<String, State> building = new SingleFlight<>();
    private volatile State last = new State(-1, StreamDocuments.NONE);

    /** @param twins further forms of the documents */
    public Publication(Twins twins) {
        this.twins = twins;
    }

    /** Listens to the catalog from now on; only the first call does anything. */
    void follow(EdgeTools tools) {
        if (following.compareAndSet(false, true)) {
            tools.bus().hear(CatalogContract.CHANGED, changed -> changes.incrementAndGet());
        }
    }

    /** Fails with UNAVAILABLE when there never were any and the catalog does not answer. */
    Future<StreamDocuments> current(EdgeTools tools) {
        return since(changes.get(), tools).map(State::documents);
    }

    /** A build that runs already may have looked before the change: then the next one is waited for. */
    private Future<State> since(long change, EdgeTools tools) {
        State now = last;
        if (now.change >= change) {
            return Future.succeededFuture(now);
        }
        return building.run(PROJECT, () -> build(tools))
                .compose(built -> built.change >= change ? Future.succeededFuture(built) : since(change, tools));
    }

    private Future<State> build(EdgeTools tools) {
        long change = changes.get();
        WorkerExecutor worker = tools.vertx().createSharedWorkerExecutor(POOL, 1);
        return tools.bus().ask(CatalogContract.SELECT_IMAGES, new SelectImages(PROJECT, null, null))
                .compose(selected -> worker.executeBlocking(() -> documents(selected.images(), tools), false))
                .timeout(MOST_SECONDS, TimeUnit.SECONDS)
                .map(made -> show(new State(change, made), tools))
                .recover(cause -> keep(cause, tools))
                .eventually(worker::close);
    }

    private StreamDocuments documents(List<Image> images, EdgeTools tools) {
        List<Image> seen = images.stream().filter(Image::visible).toList();
        return StreamDocuments.of(seen, last.documents, twins, tools.clock().instant());
    }

    private State show(State made, EdgeTools tools) {
        count(tools, made.documents.updated().equals(last.documents.updated()) ? "same" : "changed");
        last = made;
        return made;
    }

    /** Documents of a moment ago are better than none; the next request tries again. */
    private Future<State> keep(Throwable cause, EdgeTools tools) {
        count(tools, "failed");
        LOG.warn("the image stream could not be brought up to date: {}", cause.toString());
        return last.change < 0
                ? Future.failedFuture(new RefusedException(new Refused(
                        Refused.Reason.UNAVAILABLE, "the image stream is not ready yet, try again in a moment")))
                : Future.succeededFuture(new State(Long.MAX_VALUE, last.documents));
    }

    private static void count(EdgeTools tools, String outcome) {
        tools.registry().counter("berth.streams.builds", "outcome", outcome).increment();
    }

    private record State(long change, StreamDocuments documents) {}
}
