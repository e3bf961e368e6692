package dev.berth.testkit.stream;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * A source of bytes that counts how it is treated: it gives its bytes in pieces for as long as it is not paused, then ends,
 * or fails after as many bytes as it was told to. Make and use it on one context; counters may be read anywhere.
 */
public final class ScriptedStream implements ReadStream<Buffer> {
    private final Context context = Vertx.currentContext();
    private final Buffer bytes;
    private final int piece;
    private int failsAt = Integer.MAX_VALUE;
    private Throwable failure;
    private volatile int given;
    private long demand = Long.MAX_VALUE;
    private boolean over;
    private boolean giving;
    private volatile int pauses;
    private volatile int resumes;
    private Handler<Buffer> handler;
    private Handler<Void> endHandler;
    private Handler<Throwable> exceptionHandler;

    /**
     * @param bytes all of them
     * @param piece length of each buffer but the last
     */
    public ScriptedStream(byte[] bytes, int piece) {
        this.bytes = Buffer.buffer(bytes);
        this.piece = piece;
    }

    /** Fails once {@code count} bytes were given, instead of ending. */
    public ScriptedStream failingAt(int count, Throwable cause) {
        failsAt = count;
        failure = cause;
        return this;
    }

    /** How often it was paused. */
    public int pauses() {
        return pauses;
    }

    /** How often it was asked to go on. */
    public int resumes() {
        return resumes;
    }

    /** Bytes given so far. */
    public int given() {
        return given;
    }

    @Override
    public ScriptedStream handler(Handler<Buffer> bytesHandler) {
        handler = bytesHandler;
        giveLater();
        return this;
    }

    @Override
    public ScriptedStream endHandler(Handler<Void> atEnd) {
        endHandler = atEnd;
        return this;
    }

    @Override
    public ScriptedStream exceptionHandler(Handler<Throwable> atFailure) {
        exceptionHandler = atFailure;
        return this;
    }

    @Override
    public ScriptedStream pause() {
        pauses++;
        demand = 0;
        return this;
    }

    @Override
    public ScriptedStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ScriptedStream fetch(long amount) {
        resumes++;
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        giveLater();
        return this;
    }

    private void giveLater() {
        context.runOnContext(turn -> give());
    }

    private void give() {
        if (giving) {
            return;
        }
        giving = true;
        while (handler != null && demand > 0 && !over && !isOut()) {
            givePiece();
        }
        giving = false;
        if (handler != null && demand > 0 && !over) {
            finish();
        }
    }

    private boolean isOut() {
        return given == bytes.length() || given >= failsAt;
    }

    private void givePiece() {
        int to = Math.min(Math.min(bytes.length(), given + piece), failsAt);
        Buffer next = bytes.slice(given, to);
        given = to;
        demand -= demand == Long.MAX_VALUE ? 0 : 1;
        handler.handle(next);
    }

    private void finish() {
        over = true;
        if (given >= failsAt && exceptionHandler != null) {
            exceptionHandler.handle(failure);
        } else if (given < failsAt && endHandler != null) {
            endHandler.handle(null);
        }
    }
}
