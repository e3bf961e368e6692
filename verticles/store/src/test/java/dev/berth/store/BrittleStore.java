package dev.berth.store;

import dev.berth.image.BlobId;
import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.OutFile;
import dev.berth.testkit.disk.FakeDisk;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The store's brains on a fake disk, one thread, no waiting; with a catalog that is a durable set of records. A restart
 * is a new one on the disk that a power cut left, with the records of that moment.
 */
final class BrittleStore {
    static final Path DATA = Path.of("/home/share/data");
    private static final StoreMeters METERS = new StoreMeters(new SimpleMeterRegistry(), () -> 0, () -> 0);

    final Map<BlobId, Long> records = new TreeMap<>();
    final Leases leases = new Leases(() -> 0, Duration.ofHours(1));
    final Deletion deletion = new Deletion(() -> 0, Duration.ZERO, leases);
    final SpaceLedger ledger;
    private final Disk disk;
    private final BlobPaths paths = new BlobPaths(DATA);
    private final BlobStore store;
    private int tickets;

    BrittleStore(Disk disk) {
        this.disk = disk;
        this.store = new BlobStore(disk, paths, leases, deletion);
        this.ledger = new SpaceLedger(() -> disk.usableSpace(DATA), 0, Long.MAX_VALUE);
    }

    void prepare() throws IOException {
        store.prepare();
    }

    /** Stages in two writes and publishes. Leaves the record to the caller. */
    void publish(String ticket, byte[] bytes) throws IOException {
        StagingPlace place = StagingPlace.forReaders(disk, paths.staging(ticket, ++tickets));
        StagingFile staged = StagingFile.open(place, ledger, METERS, bytes.length);
        try {
            int half = bytes.length / 2;
            staged.append(List.of(ByteBuffer.wrap(bytes, 0, half)));
            staged.append(List.of(ByteBuffer.wrap(bytes, half, bytes.length - half)));
            staged.complete();
            store.publish(staged, Sha256.of(bytes), ticket);
        } catch (IOException e) {
            dropAfter(e, staged);
            throw e;
        }
    }

    /** A whole import, except that the lease stays. */
    void imported(byte[] bytes) throws IOException {
        publish("t", bytes);
        records.put(Sha256.of(bytes), (long) bytes.length);
    }

    /** A whole import of an image of several files, which has one record. */
    void importedTogether(byte[]... files) throws IOException {
        for (byte[] file : files) {
            publish("t", file);
        }
        for (byte[] file : files) {
            records.put(Sha256.of(file), (long) file.length);
        }
    }

    /** An import that may fail; then there is no record. */
    void tryImport(byte[] bytes) {
        try {
            imported(bytes);
        } catch (IOException e) {
            leases.release("t");
        }
    }

    /** Leaves something of the same length under the name of these bytes. */
    void damaged(byte[] bytes) throws IOException {
        Path file = paths.blob(Sha256.of(bytes));
        disk.createDirectories(file.getParent());
        disk.forceDirectory(paths.blobs());
        try (OutFile out = disk.createExclusive(file)) {
            out.write(ByteBuffer.allocate(bytes.length));
            out.force();
        }
        disk.forceDirectory(file.getParent());
    }

    /** The record is gone; what is condemned and unreferenced goes. */
    void delete(byte[] bytes) throws IOException {
        records.remove(Sha256.of(bytes));
        leases.release("t");
        deletion.condemn(Set.of(Sha256.of(bytes)));
        sweep();
    }

    void sweep() throws IOException {
        for (BlobId blob : deletion.due()) {
            removeUnless(records.containsKey(blob), blob);
        }
    }

    /** What the sweeper does with the catalog's answer. */
    void removeUnless(boolean referenced, BlobId blob) throws IOException {
        if (referenced) {
            deletion.spare(blob);
        } else {
            store.remove(blob);
        }
    }

    /** Start-up: staging emptied, orphans removed. */
    void recover() throws IOException {
        prepare();
        Inventory inventory = Inventory.take(disk, paths);
        deletion.condemn(Reconciliation.compare(
                        inventory, records.keySet(), Instant.MAX, Duration.ZERO)
                .orphans());
        sweep();
    }

    Inventory inventory() throws IOException {
        return Inventory.take(disk, paths);
    }

    BlobReport verify() throws IOException {
        return new BlobVerifier(disk, DATA).verify(records, 100, read -> {});
    }

    boolean stagingIsEmpty() throws IOException {
        return disk.list(paths.staging()).isEmpty();
    }

    boolean quarantineIsEmpty() throws IOException {
        return disk.list(paths.quarantine()).isEmpty();
    }

    /** A start on what a power cut left. */
    BrittleStore restartedOn(FakeDisk left) {
        BrittleStore restarted = new BrittleStore(left);
        restarted.records.putAll(records);
        return restarted;
    }

    private static void dropAfter(IOException failure, StagingFile staged) {
        try {
            staged.drop();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
