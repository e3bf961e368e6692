package dev.berth.fetch.streams;

import dev.berth.fetch.http.FetchFailure;
import dev.berth.fetch.http.Sink;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;

/** A body on its way into a file, of bounded length. */
final class FileSink implements Sink {
    private final AsyncFile file;
    private final String from;
    private final long most;
    private Future<Void> written = Future.succeededFuture();
    private long length;

    FileSink(AsyncFile file, String from, long most) {
        this.file = file;
        this.from = from;
        this.most = most;
    }

    @Override
    public void take(Buffer bytes) {
        length += bytes.length();
        if (length > most) {
            throw FetchFailure.invalid(
                    from + " is too long: expected at most " + most + " bytes, got more; kept nothing");
        }
        written = Future.join(written, file.write(bytes)).mapEmpty();
    }

    @Override
    public boolean isFull() {
        return file.writeQueueFull();
    }

    @Override
    public void whenFree(Runnable action) {
        file.drainHandler(drained -> action.run());
    }

    /** Completes when all bytes are in the file. */
    Future<Void> written() {
        return written;
    }
}
