package dev.berth.store;

import dev.berth.kit.disk.DiskFull;
import dev.berth.kit.disk.OutFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes on their way in: an exclusive file with space promised before each byte. One thread appends; another may force
 * at the same time. It stays open until it is kept or dropped, because only an open file is told of a write that failed
 * later.
 */
final class StagingFile {
    private static final Logger LOG = LoggerFactory.getLogger(StagingFile.class);

    private final StagingPlace place;
    private final OutFile file;
    private final SpaceLedger.Reservation space;
    private final StoreMeters meters;
    private final Object forcing = new Object();
    private volatile long length;
    private long forced = -1;
    private IOException doubt;
    private volatile boolean gone;

    private StagingFile(StagingPlace place, SpaceLedger.Reservation space, StoreMeters meters) throws IOException {
        this.place = place;
        this.space = space;
        this.meters = meters;
        this.file = place.make();
    }

    /**
     * Promises the space and makes the file.
     *
     * @param expected its length, or -1 when unknown
     * @throws DiskFull when there is no room; the message is for the person who sent the bytes
     */
    static StagingFile open(StagingPlace place, SpaceLedger ledger, StoreMeters meters, long expected)
            throws IOException {
        SpaceLedger.Reservation space = ledger.open();
        refuse(expected < 0 ? space.cover(1) : space.coverExactly(expected));
        try {
            return new StagingFile(place, space, meters);
        } catch (IOException e) {
            space.close();
            throw e;
        }
    }

    Path path() {
        return place.path();
    }

    String id() {
        return path().getFileName().toString();
    }

    long length() {
        return length;
    }

    /** Appends all of them, in order. */
    void append(List<ByteBuffer> all) throws IOException {
        meters.timeWrite(() -> appendAll(all));
    }

    private void appendAll(List<ByteBuffer> all) throws IOException {
        long count = all.stream().mapToLong(ByteBuffer::remaining).sum();
        refuse(space.cover(length + count));
        write(all, length + count);
        space.wrote(count);
        length += count;
    }

    private void write(List<ByteBuffer> all, long total) throws IOException {
        try {
            file.write(all);
        } catch (DiskFull e) {
            throw new DiskFull(space.shortage(total), e);
        }
    }

    /** The last byte is there: lets others read all of them, and gives back what was promised too much. */
    void complete() throws IOException {
        file.flush();
        space.trim();
    }

    /** Those of its bytes that a force has to write: what a force that runs while bytes are appended makes less of. */
    long cachedLength() {
        return file.cachedBytes(length);
    }

    /**
     * Makes all bytes so far durable; does nothing when they are. A force that failed is never tried again on the same
     * file: every later one fails with the first failure.
     */
    void force() throws IOException {
        synchronized (forcing) {
            if (doubt != null) {
                throw new IOException("an earlier force of this file failed", doubt);
            }
            long upTo = length;
            if (forced < upTo) {
                forceOrDoubt();
                forced = upTo;
            }
        }
    }

    private void forceOrDoubt() throws IOException {
        try {
            meters.timeForce(file::force);
        } catch (IOException e) {
            doubt = e;
            throw e;
        }
    }

    /** The file has its blob's name now: gives the space back and closes it. Its bytes are forced, so closing cannot harm. */
    void becameBlob() {
        synchronized (forcing) {
            gone = true;
            space.close();
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("{} is kept, but closing it failed: {}", id(), e.toString());
            }
        }
    }

    /** Throws the file away and gives the space back. Doing so twice, after {@link #becameBlob} or a failure, is fine. */
    void drop() throws IOException {
        synchronized (forcing) {
            if (gone) {
                return;
            }
            try {
                file.close();
            } finally {
                place.remove();
                gone = true;
                space.close();
            }
        }
    }

    /** Whether nothing is left of it in staging: it was thrown away, or it is a blob. */
    boolean isGone() {
        return gone;
    }

    private static void refuse(Optional<String> refusal) throws DiskFull {
        if (refusal.isPresent()) {
            throw new DiskFull(refusal.get(), null);
        }
    }
}
