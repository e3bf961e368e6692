package dev.berth.kit.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was written and is not sent yet, gathered into frames, in order. */
final class Backlog {
    private final Deque<Pending> frames = new ArrayDeque<>();
    private long bytes;

    /** Completes when its last byte was sent. */
    Future<Void> add(Buffer piece) {
        Pending last = frames.peekLast();
        if (last == null || !last.gathers()) {
            last = new Pending(piece);
            frames.add(last);
        } else {
            last.append(piece);
        }
        bytes += piece.length();
        return last.done.future();
    }

    /** The next bytes of the first frame, {@code most} or what is left of it. */
    Buffer take(int most) {
        Buffer taken = frames.peek().take(most);
        bytes -= taken.length();
        return taken;
    }

    /** What was taken is sent. */
    void sent() {
        if (frames.peek().isEmpty()) {
            frames.remove().done.complete();
        }
    }

    void fail(Throwable cause) {
        frames.forEach(frame -> frame.done.fail(cause));
        frames.clear();
        bytes = 0;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    long bytes() {
        return bytes;
    }
}
