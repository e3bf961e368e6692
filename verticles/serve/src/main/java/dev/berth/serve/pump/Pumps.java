package dev.berth.serve.pump;

import dev.berth.contract.StoreContract.Growing;
import dev.berth.kit.bus.Bus;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import java.nio.channels.FileChannel;

/** What one event loop sends files with: make one per loop, and use it there. */
public final class Pumps {
    private static final String POOL = "berth-serve-files";

    private static final int READERS = 8;

    /** Bytes in memory for sending, all loops together: half of what the launcher lets lie outside the heap. */
    private static final long MOST = 96L << 20;
    /** With less, a loop could not hold a large part; it counts on machines with more than 48 cores. */
    private static final long LEAST_PER_LOOP = 2L << 20;

    /** Clients give up after 30 s of silence (formats 5). */
    private static final long PATIENCE_MILLIS = 20_000;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final Parts parts;
    private final Tails tails;

    public Pumps(Vertx vertx, Bus bus, MeterRegistry registry) {
        this.vertx = vertx;
        this.workers = vertx.createSharedWorkerExecutor(POOL, READERS);
        long share = Math.max(LEAST_PER_LOOP, MOST / Runtime.getRuntime().availableProcessors());
        PartMeters meters = PartMeters.of(vertx, registry);
        this.parts = new Parts(workers, new Room(vertx, share, PATIENCE_MILLIS, meters), meters);
        this.tails = new Tails(bus);
    }

    /** The threads on which files are opened, read and closed. */
    public WorkerExecutor workers() {
        return workers;
    }

    /**
     * A blob on its way here, whose file is open. It shares with readers of the same transfer only: until the hash is right,
     * what another transfer brings for the same blob may be other bytes.
     */
    public Source growing(Growing blob, FileChannel file) {
        return new FileSource(blob.stagingId(), file, beyond -> tails.after(blob, beyond));
    }

    /**
     * Sends {@code length} bytes.
     *
     * @return completes when all is handed to the client; fails when the client left, or the file will never be whole
     */
    public Future<Void> send(Source source, long from, long length, HttpServerResponse response) {
        return new Pump(vertx, parts, source, response).run(from, from + length);
    }

    /** Sends a file whose length nobody knows, from its first byte. */
    public Future<Void> sendToItsEnd(Source source, HttpServerResponse response) {
        return new Pump(vertx, parts, source, response).run(0, Pump.ITS_END);
    }
}
