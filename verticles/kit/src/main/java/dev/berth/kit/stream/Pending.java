package dev.berth.kit.stream;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** Bytes on their way to be sent, in slices as credit comes: one large buffer by reference, or many small ones copied. */
final class Pending {
    /** Buffers below this length are gathered. */
    static final int SMALL = 1 << 10;

    private static final int MOST_GATHERED = 16 << 10;

    final Promise<Void> done = Promise.promise();
    private final Buffer bytes;
    private final boolean gathering;
    private int from;

    Pending(Buffer bytes) {
        this(bytes, false);
    }

    private Pending(Buffer bytes, boolean gathering) {
        this.bytes = bytes;
        this.gathering = gathering;
    }

    static Pending gathering() {
        return new Pending(Buffer.buffer(), true);
    }

    /** Whether {@link #append} may still be called: not once a slice was handed out. */
    boolean gathers() {
        return gathering && from == 0 && bytes.length() < MOST_GATHERED;
    }

    void append(Buffer more) {
        bytes.appendBuffer(more);
    }

    Buffer take(int most) {
        int to = Math.min(bytes.length(), from + most);
        Buffer slice = from == 0 && to == bytes.length() ? bytes : bytes.slice(from, to);
        from = to;
        return slice;
    }

    int length() {
        return bytes.length();
    }

    boolean isEmpty() {
        return from == bytes.length();
    }
}
