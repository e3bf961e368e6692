package dev.berth.intake;

import dev.berth.contract.IntakeContract.Arrive;
import dev.berth.contract.Refused;
import dev.berth.format.Dialect;
import dev.berth.format.FormatException;
import dev.berth.format.ImageInspector;
import dev.berth.format.Inspection;
import dev.berth.format.NeedsFile;
import dev.berth.format.squashfs.SquashfsInspector;
import dev.berth.kit.bus.RefusedException;
import dev.berth.kit.stream.StreamInput;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decoders at work, on threads of their own; their number bounds the memory that dictionaries may take. What an
 * archive does wrong comes out as a {@link RefusedException} with LXD's text.
 */
final class Inspectors {
    private static final long LONGEST_DECODE_HOURS = 24;

    private final WorkerExecutor workers;
    private final IntakeConf conf;
    private final IntakeMeters meters;
    private final AtomicInteger waiting;

    Inspectors(Vertx vertx, IntakeConf conf, IntakeMeters meters) {
        this.workers = vertx.createSharedWorkerExecutor(
                "berth-inspect", conf.inspectors(), LONGEST_DECODE_HOURS, TimeUnit.HOURS);
        this.conf = conf;
        this.meters = meters;
        this.waiting = meters.inspectionsWaiting();
    }

    /**
     * Walks an archive while it streams. Leaves the stream as soon as it knows enough, and fails with {@link
     * dev.berth.kit.stream.SlowSender} when others wait for its thread because its bytes do not come.
     */
    Future<Inspection> inspectStream(StreamInput input, Dialect dialect) {
        input.patience(conf.senderPatience(), () -> waiting.get() > 0);
        return inspecting(() -> {
            try (InputStream closing = input) {
                return ImageInspector.inspect(closing, conf.limits(), dialect);
            }
        });
    }

    /** Looks into a staged file. */
    Future<Inspection> inspectFile(String path, Dialect dialect) {
        return inspecting(() -> {
            try (FileChannel channel = FileChannel.open(Path.of(path), StandardOpenOption.READ)) {
                return inspect(channel, dialect);
            }
        });
    }

    /** What its sender's server understands. */
    static Dialect dialect(Arrive request) {
        return request.claims().incus() ? Dialect.INCUS : Dialect.LXD;
    }

    private Inspection inspect(FileChannel file, Dialect dialect) throws IOException {
        try {
            return ImageInspector.inspect(Channels.newInputStream(file), conf.limits(), dialect);
        } catch (NeedsFile squashfs) {
            return SquashfsInspector.inspect(file, conf.limits());
        }
    }

    Future<Void> close() {
        return workers.close();
    }

    private Future<Inspection> inspecting(Callable<Inspection> work) {
        waiting.incrementAndGet();
        return workers.executeBlocking(() -> begun(work), false)
                .recover(cause -> Future.failedFuture(
                        cause instanceof FormatException wrong
                                ? new RefusedException(Refused.invalid(wrong.getMessage()))
                                : cause));
    }

    private Inspection begun(Callable<Inspection> work) throws Exception {
        waiting.decrementAndGet();
        return meters.inspect().recordCallable(work);
    }
}
