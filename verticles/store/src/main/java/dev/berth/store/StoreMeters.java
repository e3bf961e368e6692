package dev.berth.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the store tells about itself. Any thread.
 *
 * <ul>
 *   <li>{@code berth.store.blobs}, {@code berth.store.blob.bytes} gauges: kept blobs
 *   <li>{@code berth.store.staging.bytes} gauge: bytes on their way in
 *   <li>{@code berth.store.growing} gauge: files on their way in that readers may follow
 *   <li>{@code berth.store.free.bytes} gauge: what the file system says is free
 *   <li>{@code berth.store.missing} gauge: blobs that a record refers to and that were not there at the last start
 *   <li>{@code berth.store.write}, {@code berth.store.force} timers: each write of up to 1 MiB, each force of a file
 *   <li>{@code berth.store.deleted} counter: blobs unlinked
 *   <li>{@code berth.store.quarantined} counter: damaged files set aside
 * </ul>
 */
final class StoreMeters {
    private final AtomicLong blobs;
    private final AtomicLong blobBytes;
    private final AtomicLong missing;
    private final AtomicLong growing;
    private final Timer write;
    private final Timer force;
    private final Counter deleted;
    private final Counter quarantined;

    StoreMeters(MeterRegistry registry, LongSupplier stagingBytes, LongSupplier freeBytes) {
        this.blobs = registry.gauge("berth.store.blobs", new AtomicLong());
        this.blobBytes = registry.gauge("berth.store.blob.bytes", new AtomicLong());
        this.missing = registry.gauge("berth.store.missing", new AtomicLong());
        this.growing = registry.gauge("berth.store.growing", new AtomicLong());
        this.write = registry.timer("berth.store.write");
        this.force = registry.timer("berth.store.force");
        this.deleted = registry.counter("berth.store.deleted");
        this.quarantined = registry.counter("berth.store.quarantined");
        Gauge.builder("berth.store.staging.bytes", stagingBytes::getAsLong).register(registry);
        Gauge.builder("berth.store.free.bytes", freeBytes::getAsLong).register(registry);
    }

    void counted(Inventory inventory) {
        blobs.set(inventory.blobs().size());
        blobBytes.set(inventory.bytes());
    }

    void growing(long files) {
        growing.set(files);
    }

    void kept(Published blob) {
        if (!blob.wasThere()) {
            count(1, blob.length());
        }
        if (blob.quarantined()) {
            count(-1, -blob.quarantinedBytes());
            quarantined.increment();
        }
    }

    void deleted(long length) {
        count(-1, -length);
        deleted.increment();
    }

    void missing(long count) {
        missing.set(count);
    }

    void timeWrite(DiskWork work) throws IOException {
        time(write, work);
    }

    void timeForce(DiskWork work) throws IOException {
        time(force, work);
    }

    long blobs() {
        return blobs.get();
    }

    long blobBytes() {
        return blobBytes.get();
    }

    private void count(long more, long moreBytes) {
        blobs.addAndGet(more);
        blobBytes.addAndGet(moreBytes);
    }

    private static void time(Timer timer, DiskWork work) throws IOException {
        long from = System.nanoTime();
        try {
            work.run();
        } finally {
            timer.record(System.nanoTime() - from, TimeUnit.NANOSECONDS);
        }
    }

    /** Something the disk does. */
    interface DiskWork {
        void run() throws IOException;
    }
}
