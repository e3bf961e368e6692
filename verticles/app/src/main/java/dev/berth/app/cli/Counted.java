package dev.berth.app.cli;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.LongConsumer;

/** A stream of bytes that tells how many passed. Pausing and failing are the inner stream's own. */
final class Counted implements ReadStream<Buffer> {
    private final ReadStream<Buffer> inner;
    private final LongConsumer counter;

    Counted(ReadStream<Buffer> inner, LongConsumer counter) {
        this.inner = inner;
        this.counter = counter;
    }

    @Override
    public Counted handler(Handler<Buffer> handler) {
        inner.handler(handler == null ? null : buffer -> {
            counter.accept(buffer.length());
            handler.handle(buffer);
        });
        return this;
    }

    @Override
    public Counted exceptionHandler(Handler<Throwable> handler) {
        inner.exceptionHandler(handler);
        return this;
    }

    @Override
    public Counted endHandler(Handler<Void> handler) {
        inner.endHandler(handler);
        return this;
    }

    @Override
    public Counted pause() {
        inner.pause();
        return this;
    }

    @Override
    public Counted resume() {
        inner.resume();
        return this;
    }

    @Override
    public Counted fetch(long amount) {
        inner.fetch(amount);
        return this;
    }
}
