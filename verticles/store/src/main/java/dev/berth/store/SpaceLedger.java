package dev.berth.store;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Promises disk space before it is written, so that a full disk is refused in words and not met in the middle.
 *
 * <p>All promises are summed under one lock: what the file system says is free, less what was promised and is not yet
 * written, less the free minimum, is what the next one may have. Any thread.
 */
final class SpaceLedger {
    /** Where the length is unknown, space is promised in steps of this many bytes. */
    static final long STEP = 16L << 20;

    private final LongSupplier usable;
    private final long minFree;
    private final long stagingLimit;
    private long outstanding;
    private long held;

    /**
     * @param usable asks the file system what is free; called under the lock
     * @param minFree bytes never promised
     * @param stagingLimit most bytes promised at once, written or not
     */
    SpaceLedger(LongSupplier usable, long minFree, long stagingLimit) {
        this.usable = usable;
        this.minFree = minFree;
        this.stagingLimit = stagingLimit;
    }

    /** An empty promise. */
    Reservation open() {
        return new Reservation();
    }

    /** Bytes promised and not yet given back, written or not. */
    synchronized long held() {
        return held;
    }

    /** Bytes that lie in staging now. */
    synchronized long written() {
        return held - outstanding;
    }

    private long available() {
        return Math.max(0, Math.min(usable.getAsLong() - minFree - outstanding, stagingLimit - held));
    }

    private String refusal(long wanted, long available) {
        return "no space left: wanted " + wanted + " bytes, " + available + " available (" + minFree
                + " are kept free); delete images or enlarge the disk";
    }

    /** Space promised to one staging file. */
    final class Reservation {
        private long promised;
        private long written;
        private boolean closed;

        /** Promises room for {@code total} bytes in all. Answers a refusal in words when there is none. */
        Optional<String> cover(long total) {
            return cover(total, STEP);
        }

        /** As {@link #cover}, where the length is known: promises no more than that. */
        Optional<String> coverExactly(long total) {
            return cover(total, 0);
        }

        private Optional<String> cover(long total, long step) {
            synchronized (SpaceLedger.this) {
                long missing = total - promised;
                if (missing <= 0) {
                    return Optional.empty();
                }
                long available = available();
                if (available < missing) {
                    return Optional.of(refusal(total, promised + available));
                }
                promise(Math.min(available, Math.max(missing, step)));
                return Optional.empty();
            }
        }

        /** The refusal in words, when the disk was full although space was promised: others write to it too. */
        String shortage(long total) {
            synchronized (SpaceLedger.this) {
                return refusal(total, written + available());
            }
        }

        /** Says that {@code bytes} of the promised ones are on the disk now. */
        void wrote(long bytes) {
            synchronized (SpaceLedger.this) {
                written += bytes;
                outstanding -= bytes;
            }
        }

        /** Gives back what was promised beyond what was written. */
        void trim() {
            synchronized (SpaceLedger.this) {
                promise(written - promised);
            }
        }

        /** Gives everything back: the file is gone, or is a blob now. Doing so twice is fine. */
        void close() {
            synchronized (SpaceLedger.this) {
                if (!closed) {
                    closed = true;
                    trim();
                    held -= written;
                }
            }
        }

        private void promise(long more) {
            promised += more;
            outstanding += more;
            held += more;
        }
    }
}
