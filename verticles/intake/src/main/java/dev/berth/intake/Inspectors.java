package dev.berth.intake;

import dev.berth.contract.Refused;
import dev.berth.format.Dialect;
import dev.berth.format.FormatException;
import dev.berth.format.ImageInspector;
import dev.berth.format.Inspection;
import dev.berth.format.squashfs.SquashfsInspector;
import dev.berth.kit.bus.RefusedException;
import dev.berth.kit.stream.StreamInput;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Decoders at work, on threads of their own; their number bounds the memory that dictionaries may take. What an
 * archive does wrong comes out as a {@link RefusedException} with LXD's text.
 */
final class Inspectors {
    private static final long LONGEST_DECODE_HOURS = 24;

    private final WorkerExecutor workers;
    private final IntakeConf conf;
    private final IntakeMeters meters;

    Inspectors(Vertx vertx, IntakeConf conf, IntakeMeters meters) {
        this.workers = vertx.createSharedWorkerExecutor(
                "berth-inspect", conf.inspectors(), LONGEST_DECODE_HOURS, TimeUnit.HOURS);
        this.conf = conf;
        this.meters = meters;
    }

    /** Walks an archive while it streams. Leaves the stream as soon as it knows enough. */
    Future<Inspection> inspectStream(StreamInput input, Dialect dialect) {
        return inspecting(() -> {
            try (InputStream closing = input) {
                return ImageInspector.inspect(closing, conf.limits(), dialect);
            }
        });
    }

    /** Looks into a staged file that needs random access. */
    Future<Inspection> inspectFile(String path) {
        return inspecting(() -> {
            try (FileChannel channel = FileChannel.open(Path.of(path), StandardOpenOption.READ)) {
                return SquashfsInspector.inspect(channel, conf.limits());
            }
        });
    }

    Future<Void> close() {
        return workers.close();
    }

    private Future<Inspection> inspecting(Callable<Inspection> work) {
        return workers.executeBlocking(() -> meters.inspect().recordCallable(work), false)
                .recover(cause -> Future.failedFuture(
                        cause instanceof FormatException wrong
                                ? new RefusedException(Refused.invalid(wrong.getMessage()))
                                : cause));
    }
}
