package dev.berth.fetch.streams;

import dev.berth.contract.FetchContract.OfferedDelta;
import dev.berth.contract.FetchContract.OfferedFile;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Local;
import dev.berth.contract.StoreContract.Open;
import dev.berth.fetch.guard.Location;
import dev.berth.fetch.http.Ask;
import dev.berth.fetch.http.Reply;
import dev.berth.fetch.transfer.Tools;
import dev.berth.image.BlobId;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cheap way to a file: a delta against one that is here (formats 6). Whatever goes wrong on it costs nothing but the
 * delta, because the whole file is still to be had. One context.
 */
final class DeltaRebuild {
    private static final Logger LOG = LoggerFactory.getLogger(DeltaRebuild.class);

    private final Tools tools;
    private final WorkerExecutor decoders;
    private final Path folder;

    /**
     * @param decoders worker threads that may be busy for minutes
     * @param folder for what is on its way
     */
    DeltaRebuild(Tools tools, WorkerExecutor decoders, Path folder) {
        this.tools = tools;
        this.decoders = decoders;
        this.folder = folder;
    }

    /** The proven file, which then belongs to the caller; null when it cannot be had this way. Never fails. */
    Future<Path> rebuild(Location server, String pin, OfferedFile file) {
        return worthwhile(file) ? first(server, pin, file, file.deltas(), 0) : Future.succeededFuture();
    }

    private static boolean worthwhile(OfferedFile file) {
        return file.size() >= 0 && !file.sha256().isEmpty() && !file.deltas().isEmpty();
    }

    private Future<Path> first(Location server, String pin, OfferedFile file, List<OfferedDelta> deltas, int at) {
        if (at == deltas.size()) {
            return Future.succeededFuture();
        }
        return with(server, pin, file, deltas.get(at))
                .compose(made -> made == null ? first(server, pin, file, deltas, at + 1) : Future.succeededFuture(made));
    }

    private Future<Path> with(Location server, String pin, OfferedFile file, OfferedDelta delta) {
        Path stem = folder.resolve(UUID.randomUUID().toString());
        return held(delta, file)
                .compose(base -> base == null || delta.size() >= file.size()
                        ? Future.succeededFuture()
                        : fetched(server.below(delta.path()), pin, delta, file, stem)
                                .compose(there -> decoded(base, delta, file, stem))
                                .eventually(() -> deleted(DeltaDecoding.deltaOf(stem)))
                                .onSuccess(made -> LOG.info("{} rebuilt from a delta of {} bytes", file.path(), delta.size())))
                .recover(cause -> {
                    LOG.warn("{} is of no use, fetching the whole file: {}", delta.path(), cause.getMessage());
                    return Future.succeededFuture();
                });
    }

    /** Null when the file it starts from is not here. Who has a file made of itself shows only that it knows its name. */
    private Future<Local> held(OfferedDelta delta, OfferedFile file) {
        if (delta.base().equals(file.sha256())) {
            return Future.succeededFuture();
        }
        return tools.bus()
                .ask(StoreContract.OPEN, new Open(new BlobId(delta.base())))
                .map(opened -> opened.fold(local -> local, growing -> null, missing -> null));
    }

    private Future<Void> fetched(Location from, String pin, OfferedDelta delta, OfferedFile file, Path stem) {
        long most = delta.size() >= 0 ? delta.size() : file.size();
        return tools.client().ask(Ask.get(from, pin), reply -> reply.status() == 200
                ? written(reply, DeltaDecoding.deltaOf(stem), most)
                : Future.failedFuture(reply.asFailure()));
    }

    private Future<Void> written(Reply reply, Path to, long most) {
        return tools.vertx().fileSystem()
                .open(to.toString(), new OpenOptions().setRead(false).setCreateNew(true))
                .compose(file -> pumped(reply, file, most));
    }

    private static Future<Void> pumped(Reply reply, AsyncFile file, long most) {
        FileSink sink = new FileSink(file, reply.location().toString(), most);
        return reply.pump(sink).compose(done -> sink.written()).eventually(file::close);
    }

    private Future<Path> decoded(Local base, OfferedDelta delta, OfferedFile file, Path stem) {
        DeltaDecoding decoding = new DeltaDecoding(Path.of(base.path()), stem, delta.sha256(), file.sha256(), file.size());
        return decoders.executeBlocking(decoding, false);
    }

    private Future<Void> deleted(Path path) {
        return tools.vertx().fileSystem().delete(path.toString()).otherwiseEmpty();
    }
}
