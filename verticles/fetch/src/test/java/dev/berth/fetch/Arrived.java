package dev.berth.fetch;

import dev.berth.contract.StreamContract.Complete;
import dev.berth.contract.StreamContract.End;
import dev.berth.contract.StreamContract.Failed;
import dev.berth.kit.stream.Streams;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** What one reader of one stream got. */
record Arrived(byte[] bytes, End end) {

    static Future<Arrived> from(Vertx vertx, Streams streams, String address) {
        Promise<Arrived> arrived = Promise.promise();
        vertx.getOrCreateContext().runOnContext(go -> streams.inlet(address)
                .compose(inlet -> {
                    Buffer bytes = Buffer.buffer();
                    inlet.handler(bytes::appendBuffer);
                    return inlet.ended().map(end -> new Arrived(bytes.getBytes(), end));
                })
                .onComplete(arrived));
        return arrived.future();
    }

    boolean isComplete() {
        return end instanceof Complete;
    }

    /** Why it did not end well. */
    String failure() {
        return end instanceof Failed failed ? failed.reason() : String.valueOf(end);
    }
}
