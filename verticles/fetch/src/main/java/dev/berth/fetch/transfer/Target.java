package dev.berth.fetch.transfer;

import dev.berth.fetch.http.Reply;
import dev.berth.fetch.http.Sink;
import io.vertx.core.Future;

/** Where a body goes that may come in several tries. */
public interface Target extends Sink {
    /** The body begins again from its first byte, in {@code reply}. What was sent on already is compared, not sent twice. */
    void restart(Reply reply);

    /** All bytes were taken. The future completes when all promises were kept and all readers are done. */
    Future<Void> end();
}
