package dev.berth.store;

import dev.berth.image.BlobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which blobs are to go. A blob is condemned when it may have lost its last record; after the grace time, and when
 * nothing leases it, the catalog is asked whether a record refers to it, and if none does it is unlinked.
 *
 * <p>The same content may be imported again at any time in between. An import first takes its lease, then {@linkplain
 * #spare spares} the blob, then looks whether it is there. The unlink happens only while {@link #mayTake} says yes under
 * the lock of the blob's shelf, under which the import looks too. So whoever comes second sees what the first did: an
 * answer of the catalog that is older than the import cannot remove what the import relies on. Nor can it after the import
 * let go, which condemns the blob anew: only a sentence that the catalog was asked about is carried out. Any thread.
 */
final class Deletion {
    /** How often one blob is tried before it is left to the next start-up. */
    static final int MOST_TRIES = 20;

    private final LongSupplier nanoTime;
    private final Duration grace;
    private final Leases leases;
    private final Map<BlobId, Sentence> condemned = new HashMap<>();

    Deletion(LongSupplier nanoTime, Duration grace, Leases leases) {
        this.nanoTime = nanoTime;
        this.grace = grace;
        this.leases = leases;
    }

    /** These may have lost their last record. The grace time begins anew. */
    synchronized void condemn(Collection<BlobId> blobs) {
        blobs.forEach(blob -> condemned.put(blob, new Sentence(nanoTime.getAsLong(), 0, false)));
    }

    /** Somebody wants this blob, or a record refers to it. */
    synchronized void spare(BlobId blob) {
        condemned.remove(blob);
    }

    /**
     * Those whose grace time is over and that nothing leases: the catalog is to be asked about them now. Each is due again
     * a grace time later; do not call this before the answer for the last ones was worked off.
     */
    synchronized List<BlobId> due() {
        List<BlobId> due = new ArrayList<>();
        long now = nanoTime.getAsLong();
        condemned.replaceAll((blob, sentence) -> {
            if (now - sentence.since < grace.toNanos() || leases.holds(blob)) {
                return sentence;
            }
            due.add(blob);
            return new Sentence(now, sentence.tries + 1, true);
        });
        condemned.values().removeIf(sentence -> sentence.tries > MOST_TRIES);
        return due;
    }

    /**
     * Whether the blob may be unlinked now: not leased, and neither spared nor condemned anew since it was {@link #due}.
     * Ask under the lock of its shelf.
     */
    synchronized boolean mayTake(BlobId blob) {
        Sentence sentence = condemned.get(blob);
        return sentence != null && sentence.asked && !leases.holds(blob);
    }

    /** Since when, how often it was tried, and whether it was due and the catalog is asked about it. */
    private record Sentence(long since, int tries, boolean asked) {}
}
