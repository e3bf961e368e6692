package dev.berth.fetch.http;

import dev.berth.fetch.guard.Location;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** A server's answer: the head is here, the body waits. On loan from {@link GuardedClient#ask}; nobody keeps it. */
public final class Reply {
    private final HttpClientResponse response;
    private final Location location;
    private final Upstream upstream;
    private final BodyPump pump;

    Reply(
            Vertx vertx,
            HttpClientResponse response,
            Location location,
            Upstream upstream,
            Pace pace,
            HttpLimits limits,
            FetchMeters meters) {
        this.response = response;
        this.location = location;
        this.upstream = upstream;
        this.pump = new BodyPump(vertx, response, location, upstream, pace, limits, meters);
    }

    public int status() {
        return response.statusCode();
    }

    /** Where it came from, after all redirects. */
    public Location location() {
        return location;
    }

    /** Null when there is no such header. */
    public String header(String name) {
        return response.getHeader(name);
    }

    /** Bytes that the head promises, or -1. */
    public long promised() {
        String length = header("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Moves the body. The future completes when all of it was taken, and fails with a {@link FetchFailure}. */
    public Future<Void> pump(Sink sink) {
        return pump.into(sink);
    }

    /** Fails the pumping of the body, when it is under way. */
    public void abort(FetchFailure reason) {
        pump.abort(reason);
    }

    /** The body in memory; fails when it is longer than {@code most} bytes. */
    public Future<Buffer> body(int most) {
        if (promised() > most) {
            return Future.failedFuture(Collected.tooLong(location, most));
        }
        Collected collected = new Collected(location, most);
        return pump(collected).map(done -> collected.bytes());
    }

    /** This answer as a failure, in words. */
    public FetchFailure asFailure() {
        return Statuses.failure(this, upstream.patience());
    }

    /** Nothing more is wanted of it. A body that is still coming costs the connection. */
    void close() {
        response.request().reset();
    }
}
