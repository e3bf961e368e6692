package dev.berth.serve.lxd.images;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * The beginning of a body, looked at before it is known what the body is.
 *
 * @param first the first bytes, empty when the body is
 * @param ended true when there are no more
 */
record Peek(Buffer first, boolean ended) {

    /** Takes the first bytes of a paused request and leaves it paused. Fails when the sender leaves before. */
    static Future<Peek> at(HttpServerRequest request) {
        Promise<Peek> peek = Promise.promise();
        request.exceptionHandler(peek::tryFail);
        request.endHandler(end -> peek.tryComplete(new Peek(Buffer.buffer(), true)));
        request.handler(bytes -> {
            request.pause();
            peek.tryComplete(new Peek(bytes, false));
        });
        request.resume();
        return peek.future();
    }

    /** No image begins with a brace, and every JSON request does. */
    boolean looksLikeJson() {
        for (int i = 0; i < first.length(); i++) {
            byte next = first.getByte(i);
            if (!Character.isWhitespace(next)) {
                return next == '{';
            }
        }
        return false;
    }
}
