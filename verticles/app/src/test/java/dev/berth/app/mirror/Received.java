package dev.berth.app.mirror;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * What a client got.
 *
 * @param status of HTTP
 * @param body as far as it came
 * @param broken why the answer did not come to its end, or null
 */
record Received(int status, MultiMap headers, Buffer body, Throwable broken) {
    boolean isWhole() {
        return broken == null;
    }

    byte[] bytes() {
        return body.getBytes();
    }

    String header(String name) {
        return headers.get(name);
    }
}
