package dev.berth.serve.download;

import dev.berth.format.FormatException;
import dev.berth.image.BlobId;
import dev.berth.kit.disk.Disk;
import dev.berth.kit.disk.DiskEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The converted root file systems on the disk, within their bound: for a new one the longest unused go. Who reads one
 * that goes reads on, because its file is open. Any thread; the methods that say so block.
 */
final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
    private static final String PART = ".part";

    private final DownloadConf conf;
    private final Disk disk;
    private final DownloadMeters meters;
    /** In order of last use. */
    private final Map<RootfsKey, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;
    private long growingBytes;
    private long parts;

    Shelf(DownloadConf conf, Disk disk, DownloadMeters meters) {
        this.conf = conf;
        this.disk = disk;
        this.meters = meters;
        meters.kept(this::keptBytes);
    }

    /**
     * A finished file.
     *
     * @param digest the first 16 hex digits of its SHA-256
     */
    record Kept(RootfsKey key, Path file, long length, String digest) {}

    /** Finds out what is there, and removes what an earlier process left unfinished. Blocks. */
    synchronized void open() throws IOException {
        disk.createDirectories(conf.folder());
        List<DiskEntry> files = new ArrayList<>(disk.list(conf.folder()));
        files.sort(Comparator.comparing(DiskEntry::changed));
        for (DiskEntry file : files) {
            Optional<RootfsKey.Named> named = RootfsKey.read(file.name());
            if (file.isFile() && named.isPresent()) {
                put(new Kept(named.get().key(), file.path(), file.length(), named.get().digest()));
            } else if (file.name().endsWith(PART)) {
                disk.delete(file.path());
            }
        }
        while (keptBytes > conf.cacheBytes()) {
            evictEldest();
        }
    }

    synchronized Optional<Kept> find(RootfsKey key) {
        return Optional.ofNullable(kept.get(key));
    }

    synchronized long keptBytes() {
        return keptBytes;
    }

    /** A name for a file in the making; every one is new. */
    synchronized Path part(RootfsKey key) {
        return conf.folder().resolve(key.blob().hex() + "." + parts++ + PART);
    }

    /** Makes room for bytes in the making. Blocks. Fails when there is none, whatever goes. */
    synchronized void reserve(long bytes) throws IOException {
        while (keptBytes + growingBytes + bytes > conf.cacheBytes() && !kept.isEmpty()) {
            evictEldest();
        }
        if (keptBytes + growingBytes + bytes > conf.cacheBytes()) {
            throw new FormatException("the root file system needs more than download.cache-bytes, "
                    + conf.cacheBytes() + " bytes, when converted");
        }
        long free = disk.usableSpace(conf.folder());
        if (free - bytes < conf.minFreeBytes()) {
            throw new IOException("a conversion needs " + bytes + " bytes more, and " + free
                    + " are free of which download.min-free-bytes keeps " + conf.minFreeBytes());
        }
        growingBytes += bytes;
    }

    /** Gives reserved bytes back. */
    synchronized void release(long bytes) {
        growingBytes -= bytes;
    }

    /** Puts a durable file under its final name. Blocks. */
    synchronized Kept add(RootfsKey key, Path part, long length, String digest) throws IOException {
        Path file = conf.folder().resolve(key.file(digest));
        disk.rename(part, file);
        disk.forceDirectory(conf.folder());
        Kept added = new Kept(key, file, length, digest);
        put(added);
        return added;
    }

    void drop(Path part) throws IOException {
        disk.delete(part);
    }

    /** Nothing is made of these blobs any more. Blocks. */
    synchronized void forget(List<BlobId> blobs) throws IOException {
        List<Kept> gone = kept.values().stream().filter(file -> blobs.contains(file.key().blob())).toList();
        for (Kept file : gone) {
            remove(file);
        }
    }

    private void put(Kept file) {
        Kept before = kept.put(file.key(), file);
        keptBytes += file.length() - (before == null ? 0 : before.length());
    }

    private void evictEldest() throws IOException {
        Iterator<Kept> eldest = kept.values().iterator();
        Kept file = eldest.next();
        LOG.info("{}: its converted root file system, {} bytes, makes room", file.key().shortForm(), file.length());
        remove(file);
        meters.evicted();
    }

    private void remove(Kept file) throws IOException {
        kept.remove(file.key());
        keptBytes -= file.length();
        disk.delete(file.file());
    }
}
