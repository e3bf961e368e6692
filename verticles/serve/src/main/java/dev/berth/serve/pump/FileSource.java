package dev.berth.serve.pump;

import io.vertx.core.Future;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.LongFunction;

/**
 * A file that is open already; closing it is the business of whoever opened it, after the last pump has ended.
 *
 * @param growth what {@link Source#after} answers
 */
public record FileSource(Object name, FileChannel file, LongFunction<Future<Long>> growth) implements Source {
    /** A file whose {@code length} bytes are all there. */
    public static FileSource whole(Object name, FileChannel file, long length) {
        return new FileSource(name, file, beyond -> Future.succeededFuture(length));
    }

    @Override
    public Future<Long> after(long beyond) {
        return growth.apply(beyond);
    }

    @Override
    public void read(ByteBuffer into, long from) throws IOException {
        read(file, into, from);
    }

    /** Fills {@code into}, or fails. */
    public static void read(FileChannel file, ByteBuffer into, long from) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int count = file.read(into, at);
            if (count < 0) {
                throw new EOFException("the file ends at " + at + ", expected " + into.remaining() + " more");
            }
            at += count;
        }
    }
}
