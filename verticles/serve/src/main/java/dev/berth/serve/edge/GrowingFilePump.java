package dev.berth.serve.edge;

import dev.berth.serve.pump.FileSource;
import dev.berth.serve.pump.Pumps;
import dev.berth.serve.pump.Source;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Copies a file into a response while it is being made, at the client's speed, to an end that is known last. Until it begins
 * the client gets fillers, so that it does not give up. Runs on the response's event loop.
 */
final class GrowingFilePump implements Source {
    /** Clients give up after 30 s of silence (formats 5). */
    static final long SILENCE_MILLIS = 10_000;

    private final Vertx vertx;
    private final Pumps pumps;
    private final GrowingFile made;
    private final HttpServerResponse response;
    private final long silenceMillis;
    private FileChannel file;
    private volatile boolean begun;

    GrowingFilePump(Vertx vertx, Pumps pumps, GrowingFile made, HttpServerResponse response, long silenceMillis) {
        this.vertx = vertx;
        this.pumps = pumps;
        this.made = made;
        this.response = response;
        this.silenceMillis = silenceMillis;
    }

    /** Completes when all is handed to the client; fails when the client left, or the file will never be whole. */
    Future<Void> run() {
        long silence = vertx.setPeriodic(silenceMillis, tick -> fill());
        return pumps.sendToItsEnd(this, response)
                .onComplete(ended -> vertx.cancelTimer(silence))
                .eventually(() -> pumps.workers().executeBlocking(this::close, false));
    }

    private void fill() {
        if (!begun && !response.closed() && made.filler().length > 0) {
            response.write(Buffer.buffer(made.filler()));
        }
    }

    @Override
    public Object name() {
        return made;
    }

    @Override
    public Future<Long> after(long beyond) {
        return made.after(beyond).onSuccess(news -> begun = true);
    }

    @Override
    public void read(ByteBuffer into, long from) throws IOException {
        FileSource.read(opened(), into, from);
    }

    private synchronized FileChannel opened() throws IOException {
        file = file == null ? made.open() : file;
        return file;
    }

    private synchronized Void close() throws IOException {
        if (file != null) {
            file.close();
        }
        return null;
    }
}
