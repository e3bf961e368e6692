package dev.berth.hash;

import dev.berth.contract.HashContract;
import dev.berth.contract.HashContract.Digest;
import dev.berth.contract.HashContract.Digested;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.stream.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;

/** Answers {@link HashContract}: attaches to the streams of an image and digests them as they flow. */
public final class HashVerticle extends VerticleBase {
    private final Streams streams;
    private final HashMeters meters;
    private WorkerExecutor workers;

    public HashVerticle(Streams streams, MeterRegistry registry) {
        this.streams = streams;
        this.meters = new HashMeters(registry);
    }

    @Override
    public Future<?> start() {
        workers = vertx.createSharedWorkerExecutor(
                "berth-hash", Math.max(2, Runtime.getRuntime().availableProcessors()));
        return new Bus(vertx).answer(HashContract.DIGEST, this::digest);
    }

    @Override
    public Future<?> stop() {
        return workers.close();
    }

    private Future<Digested> digest(Digest request) {
        return new DigestRun(streams, workers, meters, new ImageDigest(request.filesTold())).of(request.streams());
    }
}
