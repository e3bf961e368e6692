package dev.berth.serve.pump;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;

/**
 * Copies a part of a file into a response, at the client's speed: while one piece is on its way to the client the next is
 * got ready, and no more. Runs on the response's event loop, a piece per turn, so that all readers of a loop go on together.
 */
final class Pump {
    /** Wherever the file ends. */
    static final long ITS_END = Long.MAX_VALUE;

    /** A client that takes this long for one piece should hold little. */
    private static final long SLOW_NANOS = 500_000_000;

    private final Parts parts;
    private final Source source;
    private final HttpServerResponse response;
    private final Context context;
    private final Promise<Void> done = Promise.promise();
    private long position;
    private long end;
    private long readable;
    private boolean slow;
    private Future<Void> leaving = Future.succeededFuture();

    Pump(Vertx vertx, Parts parts, Source source, HttpServerResponse response) {
        this.parts = parts;
        this.source = source;
        this.response = response;
        this.context = vertx.getOrCreateContext();
    }

    /**
     * Sends the bytes from {@code from} to {@code to}.
     *
     * @param to {@link #ITS_END} when nobody knows the length of the file
     * @return completes when all is handed to the client; fails when the client left, or the file will never be whole
     */
    Future<Void> run(long from, long to) {
        position = from;
        end = to;
        parts.enter(source.name());
        next();
        return done.future().onComplete(ended -> parts.leave(source.name()));
    }

    private void next() {
        if (position == end) {
            leaving.onComplete(done);
        } else if (response.closed()) {
            done.tryFail(new HttpClosedException("the client left"));
        } else if (readable > position) {
            parts.take(source, position, Math.min(readable, end), slow).onSuccess(this::send).onFailure(done::tryFail);
        } else {
            source.after(position).onComplete(news -> context.runOnContext(turn -> hear(news)));
        }
    }

    private void hear(AsyncResult<Long> news) {
        if (news.failed()) {
            done.tryFail(news.cause());
            return;
        }
        readable = news.result();
        end = readable == position && end == ITS_END ? position : end;
        next();
    }

    private void send(Piece piece) {
        Future<Void> before = leaving;
        leaving = written(piece);
        Future<Void> free = parts.isTight() ? leaving : before;
        free.onSuccess(gone -> context.runOnContext(turn -> next())).onFailure(done::tryFail);
    }

    private Future<Void> written(Piece piece) {
        position += piece.bytes().length();
        long start = System.nanoTime();
        return response.write(piece.bytes()).onComplete(written -> {
            slow = System.nanoTime() - start > SLOW_NANOS;
            piece.release().run();
        });
    }
}
