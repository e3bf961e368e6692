package dev.berth.serve.edge;

import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Growing;
import dev.berth.contract.StoreContract.Local;
import dev.berth.image.BlobId;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.OpenBody.Piece;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and closes the files of bodies, on worker threads.
 *
 * <p>A blob that is gone or has another length than recorded is a fault of ours, not of the client: {@code
 * berth.http.unusable.blobs} counts them by reason.
 */
final class BlobFiles {
    private static final Logger LOG = LoggerFactory.getLogger(BlobFiles.class);

    private final EdgeTools tools;
    private final WorkerExecutor workers;

    BlobFiles(EdgeTools tools) {
        this.tools = tools;
        this.workers = tools.pumps().workers();
    }

    /** All files of a body, or none. Refused: NOT_FOUND when a blob is missing, BROKEN when it is not as recorded. */
    Future<OpenBody> open(Body body) {
        List<Future<Piece>> opening = body.segments().stream().map(this::piece).toList();
        return Future.join(opening)
                .map(all -> new OpenBody(pieces(opening)))
                .recover(cause -> close(new OpenBody(pieces(opening))).compose(closed -> Future.failedFuture(cause)));
    }

    Future<Void> close(OpenBody body) {
        return workers.executeBlocking(
                () -> {
                    body.close();
                    return null;
                },
                false);
    }

    private static List<Piece> pieces(List<Future<Piece>> opening) {
        return opening.stream().filter(Future::succeeded).map(Future::result).toList();
    }

    private Future<Piece> piece(Segment segment) {
        if (segment instanceof Segment.Bytes bytes) {
            return Future.succeededFuture(Piece.of(bytes.bytes()));
        }
        if (segment instanceof Segment.OwnFile own) {
            // A file of another kind may be replaced under its name, so its readers share nothing.
            return opened(own.path().toString())
                    .compose(file -> checked(own, own.path().getFileName().toString(), file, file));
        }
        Segment.Blob blob = (Segment.Blob) segment;
        return tools.bus()
                .ask(StoreContract.OPEN, new StoreContract.Open(blob.id()))
                .compose(opened -> opened.fold(
                        local -> open(blob, local), growing -> join(blob, growing), missing -> gone(blob.id())));
    }

    private Future<Piece> open(Segment.Blob blob, Local local) {
        return opened(local.path())
                .compose(file -> checked(blob, blob.id().shortForm(), blob.id(), file))
                .recover(cause -> cause instanceof NoSuchFileException ? gone(blob.id()) : Future.failedFuture(cause));
    }

    /** A file in staging may get its blob's name, or go, between the answer and the opening: then the store is asked again. */
    private Future<Piece> join(Segment.Blob blob, Growing growing) {
        if (growing.length() != blob.length()) {
            return odd(blob, blob.id().shortForm(), growing.length());
        }
        return opened(growing.path())
                .map(file -> Piece.of(file, growing))
                .recover(cause -> cause instanceof NoSuchFileException ? piece(blob) : Future.failedFuture(cause));
    }

    private Future<FileChannel> opened(String path) {
        return workers.executeBlocking(() -> FileChannel.open(Path.of(path), StandardOpenOption.READ), false);
    }

    /** @param content equal for equal bytes */
    private Future<Piece> checked(Segment segment, String name, Object content, FileChannel file) {
        return workers.executeBlocking(() -> lengthOf(segment, file), false)
                .compose(length -> length == segment.length()
                        ? Future.succeededFuture(Piece.of(file, length, content))
                        : odd(segment, name, length));
    }

    /** Closes the file at once when it is not what the record says. */
    private static long lengthOf(Segment segment, FileChannel file) throws IOException {
        long length = file.size();
        if (length != segment.length()) {
            file.close();
        }
        return length;
    }

    private Future<Piece> gone(BlobId blob) {
        count(tools.registry(), "missing");
        LOG.error("blob {} is recorded, but not in the store; run verify", blob.shortForm());
        return Future.failedFuture(new RefusedException(Refused.notFound("Image not found")));
    }

    private Future<Piece> odd(Segment segment, String name, long length) {
        count(tools.registry(), "length");
        LOG.error("blob {} should have {} bytes, has {}; sent nothing; run verify", name, segment.length(), length);
        return Future.failedFuture(new RefusedException(
                new Refused(Refused.Reason.BROKEN, "The stored image is damaged; nothing of it was sent")));
    }

    private static void count(MeterRegistry registry, String reason) {
        registry.counter("berth.http.unusable.blobs", "reason", reason).increment();
    }
}
