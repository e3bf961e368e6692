package dev.berth.testkit.upstream;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Iterator;

/** Ways of going wrong, for {@link FakeUpstream#misbehave}. */
public final class Behaviours {
    private static final Buffer MORE = Buffer.buffer(new byte[16 << 10]);

    private Behaviours() {}

    /** As it should be. */
    public static Behaviour right() {
        return Exchange::send;
    }

    /** Promises the whole body, sends the file up to byte {@code end} and cuts the connection. */
    public static Behaviour cutAt(int end) {
        return exchange -> exchange.upTo(end).onComplete(sent -> exchange.cut());
    }

    /** Promises the whole body, sends the file up to byte {@code end} and then nothing, with the connection open. */
    public static Behaviour stallAt(int end) {
        return exchange -> exchange.upTo(end);
    }

    /** Takes the request and never says a word. */
    public static Behaviour silence() {
        return exchange -> {};
    }

    /** Cuts the connection instead of answering. */
    public static Behaviour hangUp() {
        return Exchange::cut;
    }

    /** Answers with the bare status. */
    public static Behaviour status(int code) {
        return exchange -> exchange.status(code);
    }

    /** Answers with a status that asks for patience: 429 or 503. */
    public static Behaviour busy(int code, Duration retryAfter) {
        return exchange -> {
            exchange.response().putHeader("Retry-After", String.valueOf(retryAfter.toSeconds()));
            exchange.status(code);
        };
    }

    /** Redirects with 302. */
    public static Behaviour redirect(String location) {
        return exchange -> {
            exchange.response().putHeader("Location", location);
            exchange.status(302);
        };
    }

    /** Sends the whole file whatever range was asked. */
    public static Behaviour ignoreRange() {
        return Exchange::sendWhole;
    }

    /** One bit of byte {@code at} is wrong. */
    public static Behaviour flip(int at) {
        return exchange -> {
            byte[] wrong = exchange.content().bytes().clone();
            wrong[at] ^= 1;
            exchange.with(wrong).send();
        };
    }

    /** A complete and well-formed answer, but only the first {@code length} bytes of the file are in it. */
    public static Behaviour shortenTo(int length) {
        return exchange -> exchange.with(Buffer.buffer(exchange.content().bytes()).getBytes(0, length)).send();
    }

    /** A complete and well-formed answer in chunks, {@code surplus} bytes longer than the file. */
    public static Behaviour lengthenBy(int surplus) {
        return exchange -> {
            exchange.head(200, -1);
            exchange.write(Buffer.buffer(exchange.content().bytes()));
            exchange.write(Buffer.buffer(new byte[surplus]));
            exchange.response().end();
        };
    }

    /** The file, and then zeros for as long as somebody reads. */
    public static Behaviour endless() {
        return exchange -> {
            exchange.head(200, -1);
            exchange.write(Buffer.buffer(exchange.content().bytes()));
            more(exchange);
        };
    }

    /** A complete answer in chunks, without a tag, that is made while it is sent, so that it may be larger than memory. */
    public static Behaviour made(Iterable<Buffer> parts) {
        return exchange -> {
            exchange.response().setChunked(true);
            next(exchange, parts.iterator());
        };
    }

    private static void next(Exchange exchange, Iterator<Buffer> parts) {
        if (!parts.hasNext()) {
            exchange.response().end();
        } else if (!exchange.response().closed()) {
            exchange.write(parts.next()).onSuccess(sent -> next(exchange, parts));
        }
    }

    private static void more(Exchange exchange) {
        if (!exchange.response().closed()) {
            exchange.write(MORE).onSuccess(sent -> more(exchange));
        }
    }
}
