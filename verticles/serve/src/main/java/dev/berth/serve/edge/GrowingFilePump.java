package dev.berth.serve.edge;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import java.nio.channels.FileChannel;

/**
 * Copies a file into a response while it is being made, at the client's speed, to an end that is known last. Runs on the
 * response's event loop.
 */
final class GrowingFilePump {
    /** Clients give up after 30 s of silence (formats 5). */
    static final long SILENCE_MILLIS = 10_000;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final GrowingFile source;
    private final HttpServerResponse response;
    private final Context context;
    private final long silenceMillis;
    private final Promise<Void> done = Promise.promise();
    private FileChannel file;
    private long position;

    GrowingFilePump(
            Vertx vertx, WorkerExecutor workers, GrowingFile source, HttpServerResponse response, long silenceMillis) {
        this.vertx = vertx;
        this.workers = workers;
        this.source = source;
        this.response = response;
        this.context = vertx.getOrCreateContext();
        this.silenceMillis = silenceMillis;
    }

    /** Completes when all is handed to the client; fails when the client left, or the file will never be whole. */
    Future<Void> run() {
        long silence = vertx.setPeriodic(silenceMillis, tick -> fill());
        next();
        return done.future().onComplete(ended -> vertx.cancelTimer(silence)).eventually(this::close);
    }

    private void fill() {
        if (position == 0 && file == null && !response.closed() && source.filler().length > 0) {
            response.write(Buffer.buffer(source.filler()));
        }
    }

    private void next() {
        if (response.closed()) {
            done.tryFail(new HttpClosedException("the client left"));
            return;
        }
        source.after(position).onComplete(news -> context.runOnContext(here -> hear(news)));
    }

    private void hear(AsyncResult<Long> news) {
        if (news.failed()) {
            done.tryFail(news.cause());
        } else if (news.result() == position) {
            done.tryComplete();
        } else {
            opened().compose(file -> copy(news.result() - position)).onSuccess(copied -> next()).onFailure(done::tryFail);
        }
    }

    private Future<FileChannel> opened() {
        return file != null
                ? Future.succeededFuture(file)
                : workers.executeBlocking(source::open, false).onSuccess(open -> file = open);
    }

    private Future<Void> copy(long length) {
        return new FilePump(workers, file, position, length, response).run().onSuccess(copied -> position += length);
    }

    private Future<Void> close() {
        return file == null
                ? Future.succeededFuture()
                : workers.executeBlocking(
                        () -> {
                            file.close();
                            return null;
                        },
                        false);
    }
}
