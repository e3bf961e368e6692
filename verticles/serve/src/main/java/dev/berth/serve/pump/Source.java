package dev.berth.serve.pump;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file as one reader sees it. Belongs to the reader's event loop, but for {@link #read}. */
public interface Source {
    /** Equal names, equal bytes: readers of one name share what is read. */
    Object name();

    /**
     * Completes with the number of bytes that may be read: with more than {@code beyond} when there is more. It is {@code
     * beyond} where a file ends whose length nobody knew, and after a while without news where it is known. Fails when the
     * file will never be whole.
     */
    Future<Long> after(long beyond);

    /**
     * Fills {@code into} with the bytes from {@code from} on, all of which may be read. Blocks; on a worker, several at once.
     *
     * @throws IOException also when the file ends before that
     */
    void read(ByteBuffer into, long from) throws IOException;
}
