package dev.berth.kit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * A new file whose first bytes are written as those of any other, and the others past the page cache. Its last part, which
 * seldom fills a buffer, goes through the cache when the file is flushed or forced. Where the file system cannot do so,
 * or too many files do already, all goes through the cache.
 */
final class PastCacheFile implements OutFile {
    private final Path path;
    private final FileChannel channel;
    private final LocalFile cached;
    private final DirectBuffers buffers;
    private final long switchAt;
    private long length;
    private boolean decided;
    private volatile DirectParts direct;

    /** @param channel open for writing, and closed with this */
    PastCacheFile(Path path, FileChannel channel, DirectBuffers buffers, long cachedBytes) {
        this.path = path;
        this.channel = channel;
        this.cached = new LocalFile(path, channel);
        this.buffers = buffers;
        this.switchAt = roundedUp(cachedBytes);
    }

    private static long roundedUp(long bytes) {
        long buffers = bytes / DirectBuffers.CAPACITY + (bytes % DirectBuffers.CAPACITY == 0 ? 0 : 1);
        return Math.min(buffers, Long.MAX_VALUE / DirectBuffers.CAPACITY) * DirectBuffers.CAPACITY;
    }

    @Override
    public synchronized void write(List<ByteBuffer> all) throws IOException {
        long count = all.stream().mapToLong(ByteBuffer::remaining).sum();
        if (decided ? direct == null : count <= switchAt - length) {
            cached.write(all);
            length += count;
        } else {
            OutFile.super.write(all);
        }
    }

    @Override
    public synchronized void write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        int before = (int) Math.max(0, Math.min(count, switchAt - length));
        cached.write(bytes.slice(bytes.position(), before));
        bytes.position(bytes.position() + before);
        if (bytes.hasRemaining()) {
            writeBeyond(bytes);
        }
        length += count;
    }

    private void writeBeyond(ByteBuffer bytes) throws IOException {
        if (!decided) {
            decided = true;
            direct = DirectParts.open(path, switchAt, buffers).orElse(null);
        }
        if (direct == null) {
            cached.write(bytes);
        } else {
            named(() -> direct.write(bytes));
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        if (direct != null) {
            named(() -> direct.writeRest(channel));
        }
    }

    @Override
    public long cachedBytes(long written) {
        return direct == null ? written : switchAt;
    }

    /** Also makes durable what went past the cache: the disk may hold it in a memory of its own, and the file its length. */
    @Override
    public void force() throws IOException {
        flush();
        cached.force();
    }

    @Override
    public synchronized void close() throws IOException {
        decided = true;
        try {
            if (direct != null) {
                buffers.giveBack(direct.close());
            }
        } finally {
            direct = null;
            cached.close();
        }
    }

    private void named(Work work) throws IOException {
        try {
            work.run();
        } catch (IOException e) {
            throw FullDisk.named(path, e);
        }
    }

    /** Work that may fail. */
    private interface Work {
        void run() throws IOException;
    }
}
