package dev.berth.fetch.http;

import io.vertx.core.buffer.Buffer;

/** Where a body goes. All methods on one context. */
public interface Sink {
    /** Takes some bytes, always; throws {@link FetchFailure} when they are too many or wrong. */
    void take(Buffer bytes);

    /** True when no more should come for now. */
    boolean isFull();

    /** Runs {@code action} once, when more may come. */
    void whenFree(Runnable action);
}
