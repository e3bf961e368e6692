package dev.berth.store;

import dev.berth.image.BlobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares the disk with the catalog after a start.
 *
 * @param orphans blobs that no record refers to and that are older than the grace time: they go
 * @param young blobs that no record refers to yet: they stay
 * @param missing blobs that a record refers to and that are not here
 */
record Reconciliation(List<BlobId> orphans, List<BlobId> young, List<BlobId> missing) {

    /**
     * @param inventory the disk
     * @param referenced the catalog
     * @param now the wall clock, as file times are
     * @param orphanGrace see {@link StoreConf}
     */
    static Reconciliation compare(
            Inventory inventory, Collection<BlobId> referenced, Instant now, Duration orphanGrace) {
        Set<BlobId> unreferenced = new TreeSet<>(inventory.blobs().keySet());
        unreferenced.removeAll(Set.copyOf(referenced));
        Set<BlobId> missing = new TreeSet<>(referenced);
        missing.removeAll(inventory.blobs().keySet());
        Instant limit = now.minus(orphanGrace);
        return new Reconciliation(
                unreferenced.stream().filter(blob -> !changed(inventory, blob).isAfter(limit)).toList(),
                unreferenced.stream().filter(blob -> changed(inventory, blob).isAfter(limit)).toList(),
                List.copyOf(missing));
    }

    private static Instant changed(Inventory inventory, BlobId blob) {
        return inventory.blobs().get(blob).changed();
    }
}
