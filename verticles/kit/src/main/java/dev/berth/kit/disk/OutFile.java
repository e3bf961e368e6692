package dev.berth.kit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A new file, written from its beginning to its end. One thread writes; another may force at the same time. */
public interface OutFile extends AutoCloseable {
    /** Appends all remaining bytes. Fails with {@link DiskFull} when there is no room; some may have been written then. */
    void write(ByteBuffer bytes) throws IOException;

    /** Appends all remaining bytes of all of them, in order; fails as {@link #write(ByteBuffer)} does. */
    default void write(List<ByteBuffer> all) throws IOException {
        for (ByteBuffer bytes : all) {
            write(bytes);
        }
    }

    /** Makes all bytes written so far visible to readers of the file; forcing does so too. Closing may not. */
    default void flush() throws IOException {}

    /**
     * How many of the first {@code written} bytes went to memory and wait there for a force. One that runs while writing goes
     * on makes the last one short. Never waits for a write.
     */
    default long cachedBytes(long written) {
        return written;
    }

    /**
     * Makes all bytes written so far durable. When this fails, the bytes are in doubt for good: throw the file away,
     * because the kernel forgets the failure and a second force would lie.
     */
    void force() throws IOException;

    /** Closes without forcing. Doing so twice is fine. */
    @Override
    void close() throws IOException;
}
