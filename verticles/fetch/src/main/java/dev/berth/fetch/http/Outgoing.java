package dev.berth.fetch.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** A body that goes out with a question. */
public interface Outgoing {
    /** In bytes. */
    long length();

    /** Writes all of it at the pace of the other side; completes when the last byte is out, and ends nothing. */
    Future<Void> into(WriteStream<Buffer> wire);
}
