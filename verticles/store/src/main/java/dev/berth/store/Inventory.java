package dev.berth.store;

import dev.berth.image.BlobId;
import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.DiskEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What lies under {@code blobs/}.
 *
 * @param blobs files that bear a blob's name in its place, in order
 * @param foreign everything else: Berth makes nothing of the kind
 */
record Inventory(Map<BlobId, DiskEntry> blobs, List<Path> foreign) {

    /** Walks the shelves. Blocks; effort: one look per file. */
    static Inventory take(Disk disk, BlobPaths paths) throws IOException {
        Inventory inventory = new Inventory(new TreeMap<>(), new ArrayList<>());
        for (DiskEntry shelf : disk.list(paths.blobs())) {
            if (shelf.isDirectory()) {
                disk.list(shelf.path()).forEach(entry -> inventory.add(entry, paths));
            } else {
                inventory.foreign.add(shelf.path());
            }
        }
        return inventory;
    }

    long bytes() {
        return blobs.values().stream().mapToLong(DiskEntry::length).sum();
    }

    private void add(DiskEntry entry, BlobPaths paths) {
        Optional<BlobId> blob = entry.isFile() ? paths.blobAt(entry.path()) : Optional.empty();
        blob.ifPresentOrElse(id -> blobs.put(id, entry), () -> foreign.add(entry.path()));
    }
}
