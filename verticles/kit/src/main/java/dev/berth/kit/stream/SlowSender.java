package dev.berth.kit.stream;

import java.io.IOException;

/** A reader's thread is wanted elsewhere, and waited for the bytes of a stream for longer than it may. */
public final class SlowSender extends IOException {
    private static final long serialVersionUID = 1;

    SlowSender() {
        super("the sender is slow, and the thread that waits for its bytes is wanted elsewhere");
    }
}
