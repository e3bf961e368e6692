package dev.berth.serve.lxd.images;

import io.vertx.core.Future;
import java.util.List;

/** Carries the body of an upload into byte streams. One per upload, on its request's context. */
interface Courier {
    /** How many read each stream: hash, store and intake. */
    int READERS = 3;

    /** Addresses of the streams, open from the beginning, in fingerprint order. */
    List<String> addresses();

    /** Bytes that its only stream will bring, as far as the sender told, or -1. */
    default long length() {
        return -1;
    }

    /**
     * Lets the body flow. Completes when every reader has worked off every byte; fails with {@link UploadFlaw} when the
     * body itself is wrong, otherwise when a stream broke: because the sender left, or a reader wanted no more.
     */
    Future<Void> deliver();

    /** The sender is gone: ends what has not ended yet, so that nothing of it is kept. */
    void abandon();
}
