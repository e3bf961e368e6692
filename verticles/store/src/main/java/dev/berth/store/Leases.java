package dev.berth.store;

import dev.berth.image.BlobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Which blobs transfers hold on to, from the moment they keep them until their record is committed. A leased blob is
 * never unlinked. A lease that nobody releases ends by itself; its time is monotonic, because a wall clock that jumps
 * must not free anything. Any thread.
 */
final class Leases {
    private final LongSupplier nanoTime;
    private final Duration limit;
    private final Map<String, Lease> byTicket = new HashMap<>();

    Leases(LongSupplier nanoTime, Duration limit) {
        this.nanoTime = nanoTime;
        this.limit = limit;
    }

    synchronized void grant(String ticket, BlobId blob) {
        Lease lease = byTicket.computeIfAbsent(ticket, unknown -> new Lease());
        lease.blobs.add(blob);
        lease.since = nanoTime.getAsLong();
    }

    /** Ends the ticket's leases. Answers the blobs they were for, or none. */
    synchronized Set<BlobId> release(String ticket) {
        Lease lease = byTicket.remove(ticket);
        return lease == null ? Set.of() : lease.blobs;
    }

    synchronized boolean holds(BlobId blob) {
        return byTicket.values().stream().anyMatch(lease -> lease.blobs.contains(blob));
    }

    /** Every blob under lease, in order. */
    synchronized List<BlobId> leased() {
        Set<BlobId> all = new TreeSet<>();
        byTicket.values().forEach(lease -> all.addAll(lease.blobs));
        return List.copyOf(all);
    }

    /** Ends the leases whose time is over. Answers the blobs they were for. */
    synchronized List<BlobId> expire() {
        List<BlobId> freed = new ArrayList<>();
        Iterator<Lease> leases = byTicket.values().iterator();
        while (leases.hasNext()) {
            Lease lease = leases.next();
            if (nanoTime.getAsLong() - lease.since > limit.toNanos()) {
                leases.remove();
                freed.addAll(lease.blobs);
            }
        }
        return freed;
    }

    /** What one ticket holds. */
    private static final class Lease {
        private final Set<BlobId> blobs = new TreeSet<>();
        private long since;
    }
}
