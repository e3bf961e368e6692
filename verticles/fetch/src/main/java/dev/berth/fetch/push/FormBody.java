package dev.berth.fetch.push;

import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.Outgoing;
import dev.berth.fetch.push.ImageForm.Piece;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/** Writes a form chunk by chunk, each when the one before is out; gives up when one is not out in time. */
final class FormBody implements Outgoing {
    private static final int CHUNK = 256 << 10;

    private final Vertx vertx;
    private final ImageForm form;
    private final Duration stall;
    private final LongConsumer progress;

    /** @param progress is told how many bytes more are out */
    FormBody(Vertx vertx, ImageForm form, Duration stall, LongConsumer progress) {
        this.vertx = vertx;
        this.form = form;
        this.stall = stall;
        this.progress = progress;
    }

    @Override
    public long length() {
        return form.length();
    }

    @Override
    public Future<Void> into(WriteStream<Buffer> wire) {
        Future<Void> written = Future.succeededFuture();
        for (Piece piece : form.pieces()) {
            written = written.compose(before -> piece.path() == null ? out(piece.text(), wire) : file(piece, wire));
        }
        return written;
    }

    private Future<Void> file(Piece piece, WriteStream<Buffer> wire) {
        return vertx.fileSystem()
                .open(piece.path(), new OpenOptions().setWrite(false).setCreate(false))
                .compose(file -> from(file, 0, piece.length(), wire).eventually(file::close));
    }

    private Future<Void> from(AsyncFile file, long at, long end, WriteStream<Buffer> wire) {
        if (at >= end) {
            return Future.succeededFuture();
        }
        int wanted = (int) Math.min(CHUNK, end - at);
        return file.read(Buffer.buffer(wanted), 0, at, wanted)
                .compose(bytes -> bytes.length() == 0
                        ? Future.failedFuture(FetchFailure.invalid("a file of the image is shorter than its record says"))
                        : out(bytes, wire).compose(next -> from(file, at + bytes.length(), end, wire)));
    }

    private Future<Void> out(Buffer bytes, WriteStream<Buffer> wire) {
        return wire.write(bytes)
                .timeout(stall.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(written -> progress.accept(bytes.length()))
                .recover(cause -> Future.failedFuture(
                        cause instanceof TimeoutException
                                ? FetchFailure.passing("the other server took no bytes for " + stall.toSeconds() + " s")
                                : cause));
    }
}
