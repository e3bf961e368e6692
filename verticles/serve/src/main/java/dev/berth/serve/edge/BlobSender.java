package dev.berth.serve.edge;

import dev.berth.contract.Refused;
import dev.berth.contract.StoreContract;
import dev.berth.contract.StoreContract.Local;
import dev.berth.kit.bus.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** The one way to send stored bytes. */
public final class BlobSender {
    private static final int READ_BUFFER = 256 << 10;

    private final EdgeTools tools;

    public BlobSender(EdgeTools tools) {
        this.tools = tools;
    }

    /** Sends a body. Refused: NOT_FOUND when a blob is missing. Fails when the client left or a file broke. */
    public Future<Void> send(RoutingContext ctx, Body body) {
        HttpServerResponse response = ctx.response();
        response.putHeader("Content-Type", body.contentType());
        response.putHeader("Content-Length", Long.toString(body.length()));
        if (body.disposition() != null) {
            response.putHeader("Content-Disposition", body.disposition());
        }
        if (ctx.request().method() == HttpMethod.HEAD) {
            return response.end();
        }
        Future<Void> sent = Future.succeededFuture();
        for (Segment segment : body.segments()) {
            sent = sent.compose(done -> send(response, segment));
        }
        return sent.compose(done -> response.end());
    }

    private Future<Void> send(HttpServerResponse response, Segment segment) {
        if (segment instanceof Segment.Bytes bytes) {
            return response.write(Buffer.buffer(bytes.bytes()));
        }
        Segment.Blob blob = (Segment.Blob) segment;
        return tools.bus()
                .ask(StoreContract.OPEN, new StoreContract.Open(blob.id()))
                .compose(opened -> opened.fold(
                        local -> pipe(local, response),
                        missing -> Future.failedFuture(
                                new RefusedException(Refused.notFound("Image not found")))));
    }

    private Future<Void> pipe(Local local, HttpServerResponse response) {
        return tools.vertx()
                .fileSystem()
                .open(local.path(), new OpenOptions().setWrite(false).setCreate(false))
                .compose(file -> file(file, response));
    }

    private static Future<Void> file(AsyncFile file, HttpServerResponse response) {
        return file.setReadBufferSize(READ_BUFFER).pipe().endOnComplete(false).to(response);
    }
}
