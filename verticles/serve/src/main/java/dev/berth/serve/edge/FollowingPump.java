package dev.berth.serve.edge;

import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Follow;
import dev.berth.contract.StoreContract.Growing;
import dev.berth.contract.StoreContract.Growth;
import dev.berth.kit.bus.Bus;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.OpenBody.Slice;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import java.nio.channels.FileChannel;

/**
 * Copies a part of a file into a response while the file is still being written: as far as the store allows, then as far
 * as it allows next. Runs on the response's event loop.
 *
 * <p>The response's head leaves with the first bytes, so that a transfer that fails at once can still be refused with a
 * reason; but not later than after some seconds, because clients wait no longer than 30 (formats 3.1).
 */
final class FollowingPump {
    private static final long HEAD_MILLIS = 5_000;

    private final Vertx vertx;
    private final Bus bus;
    private final WorkerExecutor workers;
    private final Growing growing;
    private final FileChannel file;
    private final HttpServerResponse response;
    private final Promise<Void> done = Promise.promise();
    private final long end;
    private long position;
    private long readable;

    FollowingPump(EdgeTools tools, WorkerExecutor workers, Slice slice, HttpServerResponse response) {
        this.vertx = tools.vertx();
        this.bus = tools.bus();
        this.workers = workers;
        this.growing = slice.piece().growing();
        this.file = slice.piece().file();
        this.position = slice.offset();
        this.end = slice.offset() + slice.length();
        this.response = response;
    }

    /** Completes when all is handed to the client; fails when the client left, or the file will never be whole. */
    Future<Void> run() {
        long headTimer = vertx.setTimer(HEAD_MILLIS, late -> sendHead());
        next();
        return done.future().onComplete(ended -> vertx.cancelTimer(headTimer));
    }

    private void sendHead() {
        if (!response.headWritten() && !response.closed()) {
            response.writeHead();
        }
    }

    private void next() {
        if (position == end) {
            done.complete();
        } else if (response.closed()) {
            done.fail(new HttpClosedException("the client left"));
        } else if (readable > position) {
            copy(Math.min(readable, end) - position);
        } else {
            bus.ask(StoreContract.FOLLOW, new Follow(growing.blob(), growing.stagingId(), position))
                    .onSuccess(this::hear)
                    .onFailure(done::fail);
        }
    }

    private void copy(long length) {
        new FilePump(workers, file, position, length, response)
                .run()
                .onSuccess(copied -> {
                    position += length;
                    next();
                })
                .onFailure(done::fail);
    }

    private void hear(Growth growth) {
        String stopped = growth.fold(grown -> allow(grown.readable()), stop -> stop.text());
        if (stopped == null) {
            next();
        } else {
            done.fail(new RefusedException(new Refused(Refused.Reason.UNAVAILABLE, stopped)));
        }
    }

    private String allow(long upTo) {
        readable = upTo;
        return null;
    }
}
