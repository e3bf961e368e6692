package dev.berth.wire;

import dev.berth.contract.StreamContract;
import io.vertx.core.buffer.Buffer;

/** What a producer sends to each consumer of a byte stream. */
public sealed interface StreamFrame {

    /**
     * Some bytes, handed over by reference within a JVM: neither side changes them.
     *
     * @param offset position of the first byte in the stream; a gap means a lost frame
     * @param bytes not empty
     */
    record Chunk(long offset, Buffer bytes) implements StreamFrame {}

    /** The last frame. */
    record Ended(StreamContract.End end) implements StreamFrame {}

    /** Still there, nothing to send. */
    record Alive() implements StreamFrame {
        public static final Alive ALIVE = new Alive();
    }
}
