package dev.berth.kit.disk;

import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of one file that goes past the page cache: gathered, and written a whole buffer at a time. One thread at a time. */
final class DirectParts {
    private static final Logger LOG = LoggerFactory.getLogger(DirectParts.class);

    private final FileChannel channel;
    private final ByteBuffer gathered;
    private long position;

    private DirectParts(FileChannel channel, ByteBuffer gathered, long position) {
        this.channel = channel;
        this.gathered = gathered;
        this.position = position;
    }

    /**
     * Begins at {@code position}, a multiple of a buffer's capacity.
     *
     * @return nothing when all buffers are in use or the file system cannot
     */
    static Optional<DirectParts> open(Path file, long position, DirectBuffers buffers) {
        return buffers.take().flatMap(buffer -> {
            try {
                return Optional.of(new DirectParts(channelOf(file), buffer, position));
            } catch (IOException | UnsupportedOperationException e) {
                buffers.giveBack(buffer);
                LOG.debug("{} is written through the page cache, because its file system knows nothing else: {}", file, e.toString());
                return Optional.empty();
            }
        });
    }

    private static FileChannel channelOf(Path file) throws IOException {
        long block = Files.getFileStore(file).getBlockSize();
        if (DirectBuffers.ALIGNMENT % block != 0) {
            throw new IOException("its blocks are of " + block + " bytes");
        }
        return FileChannel.open(file, WRITE, ExtendedOpenOption.DIRECT);
    }

    /** Takes all remaining bytes; those that fill a buffer are written. */
    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), gathered.remaining());
            gathered.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            if (!gathered.hasRemaining()) {
                writeWhole();
            }
        }
    }

    private void writeWhole() throws IOException {
        gathered.flip();
        while (gathered.hasRemaining()) {
            channel.write(gathered, position + gathered.position());
        }
        position += gathered.limit();
        gathered.clear();
    }

    /** Writes what is not a whole buffer yet through {@code cached}. It stays gathered, for what comes after it. */
    void writeRest(FileChannel cached) throws IOException {
        ByteBuffer rest = gathered.duplicate().flip();
        while (rest.hasRemaining()) {
            cached.write(rest, position + rest.position());
        }
    }

    /** Answers the buffer, which nothing uses any more. */
    ByteBuffer close() throws IOException {
        channel.close();
        return gathered;
    }
}
