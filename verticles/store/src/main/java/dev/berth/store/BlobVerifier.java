package dev.berth.store;

import dev.berth.image.BlobId;
import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.DiskEntry;
import dev.berth.store.BlobReport.Damage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Proves that the blobs of a data directory are what the catalog says: all there, of the right length and, as far as they
 * are read again, of the right content. Changes nothing, so it is safe on a running service; what came or went meanwhile
 * may then be told as orphaned or missing. Blocks for as long as reading takes.
 */
public final class BlobVerifier {
    private final Disk disk;
    private final BlobPaths paths;

    /** @param dataDir as in {@link StoreConf} */
    public BlobVerifier(Disk disk, Path dataDir) {
        this.disk = disk;
        this.paths = new BlobPaths(dataDir);
    }

    /**
     * Compares disk and catalog.
     *
     * @param referenced every blob that a record refers to, with the length the record says
     * @param readPercent how many of the blobs are read again, 0 to 100; chosen evenly
     * @param progress hears the number of bytes read, after each piece of at most 1 MiB
     * @throws IOException when the directories cannot be listed, so that nothing can be said
     */
    public BlobReport verify(Map<BlobId, Long> referenced, int readPercent, LongConsumer progress) throws IOException {
        if (readPercent < 0 || readPercent > 100) {
            throw new IllegalArgumentException("the share to read must be 0 to 100 percent, got " + readPercent);
        }
        return new Walk(referenced, readPercent, progress).report(Inventory.take(disk, paths));
    }

    /** One comparison. */
    private final class Walk {
        private final Map<BlobId, Long> referenced;
        private final int readPercent;
        private final LongConsumer progress;
        private final List<Damage> damaged = new ArrayList<>();
        private final List<Damage> unreadable = new ArrayList<>();
        private final Set<BlobId> gone = new TreeSet<>();
        private long sound;
        private long read;
        private long bytesRead;

        Walk(Map<BlobId, Long> referenced, int readPercent, LongConsumer progress) {
            this.referenced = referenced;
            this.readPercent = readPercent;
            this.progress = progress;
        }

        BlobReport report(Inventory inventory) {
            int position = 0;
            for (Map.Entry<BlobId, DiskEntry> blob : inventory.blobs().entrySet()) {
                look(blob.getKey(), blob.getValue(), isChosen(position++));
            }
            Set<BlobId> there = without(inventory.blobs().keySet(), gone);
            return new BlobReport(
                    sound,
                    read,
                    bytesRead,
                    List.copyOf(damaged),
                    List.copyOf(unreadable),
                    names(without(referenced.keySet(), there)),
                    names(without(there, referenced.keySet())),
                    inventory.foreign().stream().map(Path::toString).toList());
        }

        /** Spreads the chosen ones evenly: each time the running share passes a whole number. */
        private boolean isChosen(int position) {
            return (position + 1L) * readPercent / 100 > (long) position * readPercent / 100;
        }

        private void look(BlobId blob, DiskEntry file, boolean readIt) {
            Long expected = referenced.get(blob);
            if (expected != null && expected != file.length()) {
                damage(blob, "expected " + expected + " bytes, got " + file.length());
            } else if (!readIt) {
                sound++;
            } else {
                readAgain(blob, file);
            }
        }

        private void readAgain(BlobId blob, DiskEntry file) {
            try {
                String digest = digestOf(file.path());
                read++;
                if (digest.equals(blob.hex())) {
                    sound++;
                } else {
                    damage(blob, "expected SHA-256 " + blob.hex() + ", got " + digest);
                }
            } catch (NoSuchFileException e) {
                gone.add(blob);
            } catch (IOException e) {
                unreadable.add(new Damage(blob.hex(), String.valueOf(e.getMessage())));
            }
        }

        private void damage(BlobId blob, String text) {
            damaged.add(new Damage(blob.hex(), text));
        }

        private String digestOf(Path file) throws IOException {
            return Contents.sha256(disk, file, count -> {
                bytesRead += count;
                progress.accept(bytesRead);
            });
        }
    }

    private static List<String> names(Set<BlobId> blobs) {
        return blobs.stream().map(BlobId::hex).toList();
    }

    private static Set<BlobId> without(Set<BlobId> these, Set<BlobId> those) {
        Set<BlobId> rest = new TreeSet<>(these);
        rest.removeAll(those);
        return rest;
    }
}
