package dev.berth.serve.edge;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** A file that is being made, and whose length nobody knows before its end. Any thread. */
public interface GrowingFile {
    /** Opens what there is; open, it stays readable whatever becomes of the name. Blocks. Closed by whoever asked. */
    FileChannel open() throws IOException;

    /**
     * Completes with the number of bytes that may be read: with more than {@code beyond} when there is more, with {@code
     * beyond} when the file is whole and ends there. Fails when it will never be whole. Any thread.
     */
    Future<Long> after(long beyond);

    /**
     * Bytes that mean nothing in front of this file, so that a client which waits for its first byte is not left in
     * silence; empty when its format has none.
     */
    default byte[] filler() {
        return new byte[0];
    }
}
