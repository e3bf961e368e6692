package dev.berth.app.mirror;

import dev.berth.testkit.upstream.Behaviour;
import dev.berth.testkit.upstream.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** An upstream that stops in the middle of a file until the test says how it goes on. */
final class Gate implements Behaviour {
    private final int at;
    private final Promise<Boolean> open = Promise.promise();
    private final Promise<Void> reached = Promise.promise();

    /** @param at how many bytes come before */
    Gate(int at) {
        this.at = at;
    }

    /** Completes when the upstream waits. */
    Future<Void> reached() {
        return reached.future();
    }

    /** The rest comes. */
    void open() {
        open.complete(true);
    }

    /** The connection breaks instead. */
    void breakOff() {
        open.complete(false);
    }

    @Override
    public void answer(Exchange exchange) {
        byte[] bytes = exchange.content().bytes();
        exchange.upTo(at)
                .onSuccess(sent -> reached.tryComplete())
                .compose(sent -> open.future())
                .onSuccess(goesOn -> {
                    if (goesOn) {
                        exchange.write(Buffer.buffer(bytes).getBuffer(at, bytes.length))
                                .onSuccess(sent -> exchange.response().end());
                    } else {
                        exchange.cut();
                    }
                });
    }
}
