package dev.berth.serve.download;

import dev.berth.contract.CatalogContract;
import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.format.InspectLimits;
import dev.berth.format.RootfsArchive;
import dev.berth.image.Image;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.OutFile;
import dev.berth.serve.download.Shelf.Kept;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Root file systems in the form LXC clients read, made once each and kept. One for the process: all faces share it, so
 * that readers of one image at once make one run. Any thread.
 */
public final class Conversions {
    /** Name of the worker pool that decodes and encodes. */
    public static final String POOL = "berth-rootfs";

    private static final Logger LOG = LoggerFactory.getLogger(Conversions.class);
    private static final int MOST_WAITING = 100;
    private static final int LONGEST_HOURS = 24;

    private final DownloadConf conf;
    private final InspectLimits limits;
    private final Disk disk;
    private final Bus bus;
    private final Clock clock;
    private final WorkerExecutor workers;
    private final DownloadMeters meters;
    private final Shelf shelf;
    private final Faults faults;
    private final Map<RootfsKey, Conversion> running = new HashMap<>();
    private volatile boolean stopping;

    /** @param limits what decoding one image may cost */
    public Conversions(
            Vertx vertx, DownloadConf conf, InspectLimits limits, Disk disk, Clock clock, MeterRegistry registry) {
        this.conf = conf;
        this.limits = limits;
        this.disk = disk;
        this.bus = new Bus(vertx);
        this.clock = clock;
        this.workers =
                vertx.createSharedWorkerExecutor(POOL, conf.conversions(), LONGEST_HOURS, TimeUnit.HOURS);
        this.meters = new DownloadMeters(registry);
        this.shelf = new Shelf(conf, disk, meters);
        this.faults = new Faults(clock);
    }

    /** Looks at what an earlier process left. Completes when conversions can begin. */
    public Future<Void> start() {
        return bus.hear(CatalogContract.ORPHANED, orphaned -> work(() -> shelf.forget(orphaned.blobs())))
                .compose(hearing -> work(shelf::open));
    }

    /** Ends running conversions; their readers are cut off. */
    public Future<Void> close() {
        stopping = true;
        return workers.close();
    }

    /** Whether an image can be offered: its root file system is as clients want it, or can be made so. */
    boolean canServe(Image image) {
        return Rootfs.of(image)
                .map(rootfs -> rootfs.fold(asItIs -> true, converted -> conf.convert() && !faults.isHopeless(converted.key())))
                .orElse(false);
    }

    /** What was made already; begins nothing. */
    Optional<Kept> finished(RootfsKey key) {
        return shelf.find(key);
    }

    /** What a reader gets. */
    sealed interface Opened permits Finished, InTheMaking {
        default <T> T fold(
                Function<? super Finished, ? extends T> finished, Function<? super InTheMaking, ? extends T> making) {
            return this instanceof Finished f ? finished.apply(f) : making.apply((InTheMaking) this);
        }
    }

    record Finished(Kept file) implements Opened {}

    record InTheMaking(Conversion conversion) implements Opened {}

    /**
     * The finished file, or the run that makes it, which begins now when there is none.
     *
     * @throws RefusedException NOT_FOUND when conversions are switched off, BROKEN when it was tried in vain a short while
     *     ago, UNAVAILABLE when too many wait
     */
    Opened open(RootfsKey key) {
        if (!conf.convert()) {
            throw new RefusedException(Refused.notFound("this image is not offered to LXC: its root file system would have"
                    + " to be converted, which download.convert switches off"));
        }
        Conversion begun;
        synchronized (this) {
            Optional<Kept> kept = shelf.find(key);
            if (kept.isPresent()) {
                return new Finished(kept.get());
            }
            Conversion joined = running.get(key);
            if (joined != null) {
                return new InTheMaking(joined);
            }
            begun = begin(key);
        }
        run(key, begun);
        return new InTheMaking(begun);
    }

    private Conversion begin(RootfsKey key) {
        faults.of(key).ifPresent(text -> {
            throw new RefusedException(new Refused(Refused.Reason.BROKEN, text));
        });
        if (running.size() >= conf.conversions() + MOST_WAITING) {
            throw new RefusedException(new Refused(
                    Refused.Reason.UNAVAILABLE, running.size() + " conversions run or wait already; try again later"));
        }
        Conversion conversion = new Conversion(shelf.part(key));
        running.put(key, conversion);
        meters.began();
        return conversion;
    }

    private void run(RootfsKey key, Conversion conversion) {
        long start = clock.millis();
        bus.ask(StoreContract.OPEN, new StoreContract.Open(key.blob()))
                .compose(opened -> opened.fold(
                        local -> work(() -> convert(key, conversion, Path.of(local.path()))),
                        growing -> gone(),
                        missing -> gone()))
                .onComplete(made -> ended(key, conversion, Duration.ofMillis(clock.millis() - start), made.cause()));
    }

    private static Future<Void> gone() {
        return Future.failedFuture(new RefusedException(Refused.notFound("Image not found")));
    }

    private void ended(RootfsKey key, Conversion conversion, Duration time, Throwable failure) {
        synchronized (this) {
            running.remove(key);
            if (failure != null && !stopping) {
                faults.note(key, failure);
            }
        }
        meters.ended(failure == null, time);
        if (failure != null) {
            LOG.warn("{}: its root file system was not converted: {}", key.shortForm(), failure.toString());
            conversion.fail(failure);
        }
    }

    private void convert(RootfsKey key, Conversion conversion, Path source) throws IOException {
        Path part = conversion.part();
        boolean whole = false;
        try (FileChannel image = FileChannel.open(source, StandardOpenOption.READ);
                OutFile file = disk.createExclusive(part)) {
            ConversionOutput out = new ConversionOutput(file, shelf, conversion, () -> stopping);
            try {
                RootfsArchive.write(image, key.layout(), conf.preset(), limits, out);
                file.force();
                conversion.end(() -> shelf.add(key, part, out.length(), out.digest()));
                whole = true;
                LOG.info("{}: its root file system became {} bytes of xz", key.shortForm(), out.length());
            } finally {
                out.release();
            }
        } finally {
            if (!whole) {
                shelf.drop(part);
            }
        }
    }

    private Future<Void> work(DiskWork work) {
        return workers.executeBlocking(
                () -> {
                    work.run();
                    return null;
                },
                false);
    }

    private interface DiskWork {
        void run() throws IOException;
    }
}
