package dev.berth.kit.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Bytes on their way to be sent, in slices as credit comes. What a producer writes meanwhile is gathered: by reference, or
 * copied when the pieces are so small that the references would weigh more than they.
 */
final class Pending {
    /** Buffers below this length are copied together. */
    private static final int SMALL = 1 << 10;

    /** From this length on nothing is gained by waiting for more. */
    static final int MOST_GATHERED = 512 << 10;
    private static final int MOST_COPIED = 16 << 10;

    final Promise<Void> done = Promise.promise();
    private final Deque<Buffer> pieces = new ArrayDeque<>();
    private Buffer copies;
    private int length;
    private boolean handedOut;

    Pending(Buffer bytes) {
        append(bytes);
    }

    /** Whether {@link #append} may still be called: not once a slice was handed out. */
    boolean gathers() {
        return !handedOut && length < MOST_GATHERED;
    }

    void append(Buffer more) {
        length += more.length();
        if (more.length() >= SMALL) {
            pieces.add(more);
            copies = null;
        } else if (copies != null && copies.length() < MOST_COPIED) {
            copies.appendBuffer(more);
        } else {
            copies = Buffer.buffer().appendBuffer(more);
            pieces.add(copies);
        }
    }

    /** The next bytes, {@code most} or what is left. */
    Buffer take(int most) {
        handedOut = true;
        List<Buffer> taken = new ArrayList<>();
        int room = Math.min(most, length);
        length -= room;
        while (room > 0) {
            Buffer next = pieces.poll();
            if (next.length() > room) {
                pieces.addFirst(next.slice(room, next.length()));
                next = next.slice(0, room);
            }
            taken.add(next);
            room -= next.length();
        }
        return taken.size() == 1 ? taken.get(0) : joined(taken);
    }

    private static Buffer joined(List<Buffer> pieces) {
        ByteBuf[] parts = pieces.stream().map(piece -> ((BufferInternal) piece).getByteBuf()).toArray(ByteBuf[]::new);
        return BufferInternal.buffer(Unpooled.wrappedBuffer(parts.length, parts));
    }

    /** Bytes that are not taken yet. */
    int length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }
}
