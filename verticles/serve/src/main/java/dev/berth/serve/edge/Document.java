package dev.berth.serve.edge;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A document that is kept in memory ready to be sent, plain and as gzip, until its content changes. Immutable; any thread.
 *
 * <p>For documents that many ask for: an answer costs one write. {@link JsonReply} is for answers that are made once.
 */
public final class Document {
    private static final int WORTH_GZIP = 1400;
    private static final int ETAG_BYTES = 16;

    private final String contentType;
    private final Instant lastModified;
    private final Form plain;
    private final Form gzip;

    private Document(String contentType, Instant lastModified, Form plain, Form gzip) {
        this.contentType = contentType;
        this.lastModified = lastModified;
        this.plain = plain;
        this.gzip = gzip;
    }

    /**
     * Compresses and hashes: for worker threads when it may be large.
     *
     * @param lastModified when the content last changed
     */
    public static Document of(byte[] content, String contentType, Instant lastModified) {
        String hash = hash(content);
        Form plain = new Form(Buffer.buffer(content), "\"" + hash + "\"");
        Form gzip = content.length < WORTH_GZIP ? plain : new Form(Buffer.buffer(Gzip.of(content)), "\"" + hash + "-gzip\"");
        return new Document(contentType, lastModified, plain, gzip);
    }

    /** Plain length in bytes. */
    public int length() {
        return plain.content.length();
    }

    /** The plain bytes, a copy. */
    public byte[] content() {
        return plain.content.getBytes();
    }

    /** Strong and quoted, of the plain form. */
    public String etag() {
        return plain.etag;
    }

    /**
     * Sends it, or 304 when the client has it already.
     *
     * @param fresh how long anybody may use it without asking again
     * @return completes when the answer is handed to the connection, and fails when the client left
     */
    public Future<Void> send(RoutingContext ctx, Duration fresh) {
        HttpServerRequest request = ctx.request();
        Form form = Gzip.isTaken(request.getHeader("Accept-Encoding")) ? gzip : plain;
        HttpServerResponse response = describe(ctx.response(), form, fresh);
        if (isKnown(request)) {
            return response.setStatusCode(304).end();
        }
        response.putHeader("Content-Type", contentType)
                .putHeader("Content-Length", Integer.toString(form.content.length()));
        if (form != plain) {
            response.putHeader("Content-Encoding", "gzip");
        }
        return request.method() == HttpMethod.HEAD ? response.end() : response.end(form.content);
    }

    private HttpServerResponse describe(HttpServerResponse response, Form form, Duration fresh) {
        if (gzip != plain) {
            response.putHeader("Vary", "Accept-Encoding");
        }
        return response.putHeader("ETag", form.etag)
                .putHeader("Last-Modified", Conditions.date(lastModified))
                .putHeader("Cache-Control", "public, max-age=" + fresh.toSeconds());
    }

    /** Both forms are the same document. */
    private boolean isKnown(HttpServerRequest request) {
        String noneMatch = request.getHeader("If-None-Match");
        String since = request.getHeader("If-Modified-Since");
        return Conditions.isKnown(noneMatch, since, plain.etag, lastModified)
                || Conditions.isKnown(noneMatch, since, gzip.etag, lastModified);
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, ETAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private record Form(Buffer content, String etag) {}
}
