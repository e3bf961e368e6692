package dev.berth.testkit.upstream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request and what should be answered to it: {@link #send} does it right, the other methods are for doing it wrong. */
public final class Exchange {
    private static final Pattern FROM = Pattern.compile("bytes=(\\d+)-");

    private final HttpServerRequest request;
    private final Content content;
    private final LongConsumer counter;

    Exchange(HttpServerRequest request, Content content, LongConsumer counter) {
        this.request = request;
        this.content = content;
        this.counter = counter;
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return request.response();
    }

    /** What the path has; null when there is nothing. */
    public Content content() {
        return content;
    }

    /** The same request with another body behind it; the entity tag stays. */
    public Exchange with(byte[] bytes) {
        return new Exchange(request, new Content(bytes, content.etag(), content.headers()), counter);
    }

    /** The right answer: 404, 304, 206 or 200. */
    public void send() {
        if (content == null) {
            status(404);
        } else if (!content.etag().isEmpty() && content.etag().equals(request.getHeader("If-None-Match"))) {
            response().putHeader("ETag", content.etag());
            status(304);
        } else {
            body(content.bytes().length);
        }
    }

    /** The whole file with 200, whatever range was asked. */
    public void sendWhole() {
        head(200, content.bytes().length);
        finish(Buffer.buffer(content.bytes()));
    }

    /** An answer without a body. */
    public void status(int code) {
        response().setStatusCode(code).end();
    }

    /** The head of an answer with a body of {@code length} bytes; a negative length means chunks. */
    public void head(int code, long length) {
        response().setStatusCode(code);
        content.headers().forEach(response()::putHeader);
        if (!content.etag().isEmpty()) {
            response().putHeader("ETag", content.etag());
        }
        if (length < 0) {
            response().setChunked(true);
        } else {
            response().putHeader("Content-Length", String.valueOf(length));
        }
    }

    /** Head and body of what was asked for, without those bytes of the file that come after {@code end}; nothing is ended. */
    public Future<Void> upTo(int end) {
        int start = start();
        int length = content.bytes().length;
        rangeHead(start, length);
        return write(Buffer.buffer(content.bytes()).getBuffer(start, Math.max(start, Math.min(end, length))));
    }

    /** Sends some bytes and counts them. */
    public Future<Void> write(Buffer bytes) {
        counter.accept(bytes.length());
        return response().write(bytes);
    }

    /** Takes the connection away, as a cable does. */
    public void cut() {
        request.connection().close();
    }

    private void body(int length) {
        int start = start();
        rangeHead(start, length);
        finish(Buffer.buffer(content.bytes()).getBuffer(start, length));
    }

    private void rangeHead(int start, int length) {
        if (start > 0) {
            response().putHeader("Content-Range", "bytes " + start + "-" + (length - 1) + "/" + length);
        }
        head(start > 0 ? 206 : 200, length - start);
    }

    private void finish(Buffer bytes) {
        if (request.method().equals(HttpMethod.HEAD)) {
            response().end();
        } else {
            counter.accept(bytes.length());
            response().end(bytes);
        }
    }

    /** First byte asked for; 0 when the condition of the range does not hold. */
    private int start() {
        String range = request.getHeader("Range");
        Matcher from = FROM.matcher(range == null ? "" : range);
        String condition = request.getHeader("If-Range");
        boolean holds = condition == null || condition.equals(content.etag());
        return from.matches() && holds ? Math.min(Integer.parseInt(from.group(1)), content.bytes().length) : 0;
    }
}
