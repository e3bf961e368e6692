package dev.berth.serve.edge;

import io.vertx.ext.web.Router;

/**
 * One way of looking at the service from outside. There is one instance per server instance, and all its handlers run
 * on that instance's event loop.
 *
 * <p>When a handler runs, the caller is known ({@link Callers#of}) and the body, if any, has not begun to flow: the
 * handler reads it at once, or pauses the request before its first asynchronous step. Failures go to {@code
 * ctx.fail(cause)}: a {@link dev.berth.kit.bus.RefusedException} becomes its status and text, everything else a 500.
 */
public interface Face {
    /** Short name without blanks, as metrics show it. */
    String name();

    /** Adds this face's routes. Called once, on the event loop. */
    void mount(Router router, EdgeTools tools);

    /**
     * Adds the routes that clients may use without TLS as well: public bytes that prove themselves by their hash, and the
     * documents that lead to them. Everything else is sent to HTTPS. Called once, on the event loop, when there is a plain
     * listener.
     */
    default void mountPlain(Router router, EdgeTools tools) {}
}
