package dev.berth.fetch.transfer;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;

/** Pours a file of ours into a landing, at the landing's pace. */
public final class FilePour {
    private static final int READ_BYTES = 256 << 10;

    private final AsyncFile file;
    private final Landing landing;
    private final Promise<Void> done = Promise.promise();

    private FilePour(AsyncFile file, Landing landing) {
        this.file = file;
        this.landing = landing;
    }

    /** Completes when the landing has ended. */
    public static Future<Void> pour(Vertx vertx, Path path, Landing landing) {
        return vertx.fileSystem()
                .open(path.toString(), new OpenOptions().setWrite(false).setCreate(false))
                .compose(file -> new FilePour(file.setReadBufferSize(READ_BYTES), landing).run().eventually(file::close))
                .compose(poured -> landing.end());
    }

    private Future<Void> run() {
        file.exceptionHandler(done::tryFail).endHandler(end -> done.tryComplete()).handler(this::take);
        return done.future();
    }

    private void take(Buffer bytes) {
        try {
            landing.take(bytes);
        } catch (RuntimeException e) {
            done.tryFail(e);
            return;
        }
        if (landing.isFull()) {
            file.pause();
            landing.whenFree(this::goOn);
        }
    }

    private void goOn() {
        if (landing.isFull()) {
            landing.whenFree(this::goOn);
        } else {
            file.resume();
        }
    }
}
