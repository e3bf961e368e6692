package dev.berth.serve.edge;

import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.Envelope;
import dev.berth.serve.edge.ByteRange.Part;
import dev.berth.serve.edge.OpenBody.Piece;
import dev.berth.serve.edge.OpenBody.Slice;
import dev.berth.serve.pump.FileSource;
import dev.berth.serve.pump.Source;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to send stored bytes: HEAD, single ranges, conditions, exact length, never content-encoded (rest-api 3.8,
 * 5.6). All files are opened before the first byte of the answer, so that a deletion during a download harms nobody.
 *
 * <p>Make one per face; use it on the event loop.
 */
public final class BlobSender {
    private static final Logger LOG = LoggerFactory.getLogger(BlobSender.class);
    /** Clients wait no longer than 30 s for a head (formats 3.1). */
    private static final long HEAD_MILLIS = 5_000;
    private static final List<String> OF_THE_GOOD_ANSWER = List.of(
            "Accept-Ranges", "Cache-Control", "Content-Disposition", "Content-Length", "Content-Range", "Content-Type",
            "ETag", "Last-Modified", "Transfer-Encoding");

    private final EdgeTools tools;
    private final BlobFiles files;
    private final OpenFiles room;

    public BlobSender(EdgeTools tools) {
        this.tools = tools;
        this.files = new BlobFiles(tools);
        this.room = OpenFiles.of(tools.vertx());
    }

    /**
     * Sends a body.
     *
     * @return completes when the answer is handed to the connection, also when it is 304 or 416. Before the answer
     *     began it fails with NOT_FOUND (a blob is missing), BROKEN (it has another length) or UNAVAILABLE (it was on its
     *     way here and will not come, or others have too much open), for {@code ctx.fail}. After that it fails when the
     *     client left or a file broke; the connection is cut then already.
     */
    public Future<Void> send(RoutingContext ctx, Body body) {
        HttpServerRequest request = ctx.request();
        if (isKnown(request, body)) {
            return describe(ctx.response(), body).setStatusCode(304).end();
        }
        ByteRange range = range(request, body);
        if (range instanceof ByteRange.Unsatisfiable) {
            return refuse(ctx, body.length());
        }
        return room.hold(body.files(), () -> opened(ctx, body, range));
    }

    private Future<Void> opened(RoutingContext ctx, Body body, ByteRange range) {
        return files.open(body).compose(open -> answer(ctx, body, open, range).eventually(() -> files.close(open)));
    }

    /** Whether the answer has bytes of the body in it: not for HEAD, 304 and 416. */
    public static boolean needsBytes(HttpServerRequest request, Body body) {
        return request.method() != HttpMethod.HEAD
                && !isKnown(request, body)
                && !(range(request, body) instanceof ByteRange.Unsatisfiable);
    }

    /** Answers a request that needs no bytes, wherever these are. */
    public Future<Void> describe(RoutingContext ctx, Body body) {
        return ctx.request().method() == HttpMethod.HEAD && !isKnown(ctx.request(), body)
                ? answer(ctx, body, null, range(ctx.request(), body))
                : send(ctx, body);
    }

    private static boolean isKnown(HttpServerRequest request, Body body) {
        return Conditions.isKnown(
                request.getHeader("If-None-Match"), request.getHeader("If-Modified-Since"), body.etag(), body.lastModified());
    }

    /**
     * Sends a file while it is being made: whole, from its first byte, without a length. What is sent is cut off uncleanly
     * when the file will never be whole.
     *
     * @return as {@link #send}, and failed with what the file failed with
     */
    public Future<Void> follow(RoutingContext ctx, GrowingFile file, String contentType) {
        HttpServerResponse response = ctx.response().setChunked(true).putHeader("Content-Type", contentType);
        if (ctx.request().method() == HttpMethod.HEAD) {
            return response.end();
        }
        GrowingFilePump pump =
                new GrowingFilePump(tools.vertx(), tools.pumps(), file, response, GrowingFilePump.SILENCE_MILLIS);
        return room.hold(1, pump::run)
                .compose(all -> response.end())
                .onFailure(cause -> giveUp(ctx, cause));
    }

    private static ByteRange range(HttpServerRequest request, Body body) {
        boolean wanted = request.method() == HttpMethod.GET
                && Conditions.isSame(request.getHeader("If-Range"), body.etag(), body.lastModified());
        return ByteRange.of(wanted ? request.getHeader("Range") : null, body.length());
    }

    private Future<Void> answer(RoutingContext ctx, Body body, OpenBody open, ByteRange range) {
        HttpServerResponse response = describe(ctx.response(), body);
        response.putHeader("Content-Type", body.contentType());
        if (body.disposition() != null) {
            response.putHeader("Content-Disposition", body.disposition());
        }
        Part part = part(response, range, body.length());
        response.putHeader("Content-Length", Long.toString(part.length()));
        if (ctx.request().method() == HttpMethod.HEAD) {
            return response.end();
        }
        return stream(ctx, open.slices(part.offset(), part.length())).onFailure(cause -> giveUp(ctx, cause));
    }

    private static Part part(HttpServerResponse response, ByteRange range, long length) {
        if (range instanceof Part part) {
            long last = part.offset() + part.length() - 1;
            response.setStatusCode(206).putHeader("Content-Range", "bytes " + part.offset() + "-" + last + "/" + length);
            return part;
        }
        return new Part(0, length);
    }

    private Future<Void> stream(RoutingContext ctx, List<Slice> slices) {
        HttpServerResponse response = ctx.response();
        if (slices.size() == 1 && slices.get(0).isWholeFile() && isZeroCopy(ctx.request())) {
            Slice file = slices.get(0);
            return response.sendFile(file.piece().file(), file.offset(), file.length());
        }
        Future<Void> sent = Future.succeededFuture();
        for (Slice slice : slices) {
            sent = sent.compose(before -> write(response, slice));
        }
        return sent.compose(all -> response.end());
    }

    private Future<Void> write(HttpServerResponse response, Slice slice) {
        if (slice.isGrowing()) {
            return follow(response, slice);
        }
        if (slice.isWholeFile()) {
            return tools.pumps().send(source(slice.piece()), slice.offset(), slice.length(), response);
        }
        int from = (int) slice.offset();
        return response.write(Buffer.buffer(slice.piece().bytes()).slice(from, from + (int) slice.length()));
    }

    private static Source source(Piece piece) {
        return FileSource.whole(piece.name(), piece.file(), piece.length());
    }

    /** The head leaves with the first bytes, so that a transfer which fails at once can still be refused with a reason. */
    private Future<Void> follow(HttpServerResponse response, Slice slice) {
        Source source = tools.pumps().growing(slice.piece().growing(), slice.piece().file());
        long late = tools.vertx().setTimer(HEAD_MILLIS, waited -> sendHead(response));
        return tools.pumps()
                .send(source, slice.offset(), slice.length(), response)
                .onComplete(ended -> tools.vertx().cancelTimer(late));
    }

    private static void sendHead(HttpServerResponse response) {
        if (!response.headWritten() && !response.closed()) {
            response.writeHead();
        }
    }

    /** Only then does the kernel copy from file to socket; elsewhere Vert.x would read on the event loop. */
    private static boolean isZeroCopy(HttpServerRequest request) {
        return !request.isSSL() && request.version() != HttpVersion.HTTP_2;
    }

    private static HttpServerResponse describe(HttpServerResponse response, Body body) {
        response.putHeader("Accept-Ranges", "bytes");
        if (body.etag() != null) {
            response.putHeader("ETag", body.etag());
        }
        if (body.lastModified() != null) {
            response.putHeader("Last-Modified", Conditions.date(body.lastModified()));
        }
        if (body.immutable()) {
            response.putHeader("Cache-Control", "public, max-age=31536000, immutable");
        }
        return response;
    }

    private static Future<Void> refuse(RoutingContext ctx, long length) {
        ctx.response().putHeader("Content-Range", "bytes */" + length);
        String text = "no byte of " + length + " is in the range that was asked for";
        return JsonReply.of(416, Envelope.error(416, text)).send(ctx);
    }

    /** While nothing was sent, a refusal says more than a broken connection; it must not look like the good answer. */
    private static void giveUp(RoutingContext ctx, Throwable cause) {
        HttpServerResponse response = ctx.response();
        if (cause instanceof RefusedException && !response.headWritten() && !response.closed()) {
            OF_THE_GOOD_ANSWER.forEach(response.headers()::remove);
        } else if (!response.closed()) {
            if (!Refusals.isGone(cause)) {
                LOG.error("{} broke off: {}", ctx.request().path(), cause.toString());
            }
            Refusals.cut(ctx);
        }
    }
}
