package dev.berth.store;

import dev.berth.image.BlobId;
import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.DiskEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order in which blobs come and go on a disk. All calls block: worker threads only. Any thread.
 *
 * <p>Publish: lease, force the file, rename it under its name, force the shelf's directory; only then is it kept. Delete:
 * the record is gone already; unlink when {@link Deletion} allows. Each of the 256 shelves has a lock of its own, under
 * which a publish looks and renames and a deletion looks and unlinks.
 */
final class BlobStore {
    private static final Logger LOG = LoggerFactory.getLogger(BlobStore.class);

    private final Disk disk;
    private final BlobPaths paths;
    private final Leases leases;
    private final Deletion deletion;
    private final Object[] shelfLocks = new Object[256];
    /** What this process hashed on its way in, or has read again since. */
    private final Set<BlobId> proven = ConcurrentHashMap.newKeySet();
    private final Set<Path> durableShelves = ConcurrentHashMap.newKeySet();
    private final AtomicLong quarantineNumber = new AtomicLong(System.currentTimeMillis());

    BlobStore(Disk disk, BlobPaths paths, Leases leases, Deletion deletion) {
        this.disk = disk;
        this.paths = paths;
        this.leases = leases;
        this.deletion = deletion;
        for (int i = 0; i < shelfLocks.length; i++) {
            shelfLocks[i] = new Object();
        }
    }

    /** Makes the directories, durably, and empties staging: nothing there belongs to anybody after a start. */
    void prepare() throws IOException {
        for (Path directory : paths.directories()) {
            disk.createDirectories(directory);
        }
        for (Path directory : paths.chain()) {
            disk.forceDirectory(directory);
        }
        paths.above().forEach(this::forceIfOurs);
        for (DiskEntry left : disk.list(paths.staging())) {
            disk.delete(left.path());
        }
        disk.forceDirectory(paths.staging());
    }

    /** A directory that we may not open is none that was made with the data directory. */
    private void forceIfOurs(Path directory) {
        try {
            disk.forceDirectory(directory);
        } catch (IOException e) {
            LOG.debug("{} is not forced: {}", directory, e.toString());
        }
    }

    /**
     * Gives staged bytes their name. When this returns, the blob is durable and leased to {@code ticket}. When it fails,
     * the staged file is gone and no blob was left that was not there before.
     */
    Published publish(StagingFile staged, BlobId blob, String ticket) throws IOException {
        leases.grant(ticket, blob);
        deletion.spare(blob);
        try {
            if (!prove(blob, staged.length())) {
                staged.force();
            }
            synchronized (lockOf(blob)) {
                return isProven(blob, staged.length()) ? join(staged, blob) : place(staged, blob);
            }
        } catch (IOException e) {
            dropAfter(e, staged);
            throw e;
        }
    }

    /**
     * Leases blobs that are here to {@code ticket}, all or none. Under the locks under which a deletion looks too.
     *
     * @return the first that is not here, or nothing
     */
    Optional<BlobId> lease(String ticket, List<BlobId> blobs) throws IOException {
        for (BlobId blob : blobs) {
            leases.grant(ticket, blob);
            deletion.spare(blob);
            synchronized (lockOf(blob)) {
                if (find(blob).isEmpty()) {
                    deletion.condemn(leases.release(ticket));
                    return Optional.of(blob);
                }
            }
        }
        return Optional.empty();
    }

    /** The length of a blob, or nothing when it is not here. */
    OptionalLong find(BlobId blob) throws IOException {
        return disk.length(paths.blob(blob));
    }

    Path pathOf(BlobId blob) {
        return paths.blob(blob);
    }

    /** Unlinks a condemned blob that nothing refers to. Answers its length when it went, nothing when it stays. */
    OptionalLong remove(BlobId blob) throws IOException {
        synchronized (lockOf(blob)) {
            if (!deletion.mayTake(blob)) {
                return OptionalLong.empty();
            }
            OptionalLong length = find(blob);
            disk.delete(paths.blob(blob));
            proven.remove(blob);
            deletion.spare(blob);
            return length;
        }
    }

    /** Reads what lies there from before this start once, before anybody relies on it: a disk may damage what it kept. */
    private boolean prove(BlobId blob, long length) throws IOException {
        if (isThere(blob, length) && !proven.contains(blob) && Contents.are(disk, paths.blob(blob), blob)) {
            proven.add(blob);
        }
        return isProven(blob, length);
    }

    private boolean isProven(BlobId blob, long length) throws IOException {
        return proven.contains(blob) && isThere(blob, length);
    }

    private boolean isThere(BlobId blob, long length) throws IOException {
        OptionalLong there = find(blob);
        return there.isPresent() && there.getAsLong() == length;
    }

    /** The blob is there, but perhaps somebody else has renamed it just now and not yet forced its directory. */
    private Published join(StagingFile staged, BlobId blob) throws IOException {
        makeShelf(blob);
        disk.forceDirectory(paths.shelfOf(blob));
        staged.drop();
        return Published.joined(staged.length());
    }

    private Published place(StagingFile staged, BlobId blob) throws IOException {
        staged.force();
        makeShelf(blob);
        long quarantined = setAside(blob);
        try {
            disk.rename(staged.path(), paths.blob(blob));
            disk.forceDirectory(paths.shelfOf(blob));
        } catch (IOException e) {
            takeBack(e, blob);
            throw e;
        }
        proven.add(blob);
        staged.becameBlob();
        return new Published(staged.length(), false, quarantined);
    }

    /** What lies under the blob's name is not that blob, so it is damaged: it must not be served, nor be lost. */
    private long setAside(BlobId blob) throws IOException {
        OptionalLong there = find(blob);
        if (there.isEmpty()) {
            return -1;
        }
        disk.rename(paths.blob(blob), paths.quarantined(blob, quarantineNumber.incrementAndGet()));
        disk.forceDirectory(paths.quarantine());
        return there.getAsLong();
    }

    /** Makes the shelf and its name durable, once per shelf and process. */
    private void makeShelf(BlobId blob) throws IOException {
        Path shelf = paths.shelfOf(blob);
        if (!durableShelves.contains(shelf)) {
            disk.createDirectories(shelf);
            disk.forceDirectory(paths.blobs());
            durableShelves.add(shelf);
        }
    }

    /** The name may be there and not be durable, so nobody may come to rely on it. Before, there was none. */
    private void takeBack(IOException failure, BlobId blob) {
        try {
            disk.delete(paths.blob(blob));
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static void dropAfter(IOException failure, StagingFile staged) {
        try {
            staged.drop();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private Object lockOf(BlobId blob) {
        return shelfLocks[Integer.parseInt(blob.hex().substring(0, 2), 16)];
    }
}
