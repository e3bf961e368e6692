package dev.berth.kit.stream;

import dev.berth.contract.StreamContract.End;

/** A byte stream ended otherwise than complete. The message says why, in words for people. */
public final class StreamBroken extends RuntimeException {
    private final transient End end;

    StreamBroken(End end) {
        super(reasonOf(end), null, false, false);
        this.end = end;
    }

    /** {@code Failed} or {@code Cancelled}. */
    public End end() {
        return end;
    }

    private static String reasonOf(End end) {
        return end.fold(complete -> "complete", failed -> failed.reason(), cancelled -> cancelled.reason());
    }
}
