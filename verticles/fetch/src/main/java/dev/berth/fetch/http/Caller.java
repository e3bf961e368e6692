package dev.berth.fetch.http;

import dev.berth.fetch.guard.Location;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/** Puts one question to one of the addresses that a server has, and brings the head of the answer. One context. */
final class Caller {
    private final HttpClientAgent client;
    private final Trust trust;
    private final Wire wire;
    private final FetchMeters meters;
    private final Set<HttpConnection> used = Collections.newSetFromMap(new WeakHashMap<>());

    Caller(HttpClientAgent client, Trust trust, Wire wire, FetchMeters meters) {
        this.client = client;
        this.trust = trust;
        this.wire = wire;
        this.meters = meters;
    }

    /**
     * The body of the answer is paused. Fails with {@link FetchFailure}.
     *
     * @param addresses at least one, all of them allowed; they are tried in their order
     */
    Future<HttpClientResponse> answer(Ask ask, List<InetAddress> addresses) {
        return request(ask, addresses.iterator())
                .recover(cause -> Future.failedFuture(unreachable(ask.location(), Causes.inWords(cause))))
                .compose(request -> head(ask, addresses, request));
    }

    private Future<HttpClientRequest> request(Ask ask, Iterator<InetAddress> addresses) {
        Future<HttpClientRequest> request = connected(ask, addresses.next());
        while (addresses.hasNext()) {
            InetAddress next = addresses.next();
            request = request.recover(cause -> connected(ask, next));
        }
        return request;
    }

    private Future<HttpClientRequest> connected(Ask ask, InetAddress address) {
        Location location = ask.location();
        RequestOptions options = new RequestOptions()
                .setMethod(ask.method())
                .setHost(location.host())
                .setPort(location.port())
                .setURI(location.target())
                .setSsl(true)
                .setSslOptions(trust.towards(ask))
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, location.port())))
                .setConnectTimeout(wire.limits().connect().toMillis())
                .putHeader("User-Agent", wire.userAgent());
        if (location.authorization() != null) {
            options.putHeader("Authorization", location.authorization());
        }
        ask.headers().forEach(options::putHeader);
        RequestOptions wired = wire.throughProxy(options);
        // A balancer that is being reloaded hangs up during the handshake; who says so is worth a second call.
        return client.request(wired)
                .recover(cause -> Causes.hungUp(cause) ? client.request(wired) : Future.failedFuture(cause));
    }

    /**
     * A server may end a connection that waits for its next question just when we put one; then nobody has heard it, and
     * it is put again (RFC 9112 9.3.1). That ends, because such a connection is gone and a new one is believed.
     */
    private Future<HttpClientResponse> head(Ask ask, List<InetAddress> addresses, HttpClientRequest request) {
        boolean kept = !used.add(request.connection());
        return heard(ask, request)
                .recover(cause -> kept && ask.body() == null && Causes.ended(cause)
                        ? answer(ask, addresses)
                        : Future.failedFuture(unanswered(ask.location(), cause)));
    }

    private Future<HttpClientResponse> heard(Ask ask, HttpClientRequest request) {
        Future<HttpClientResponse> response = request.response().map(HttpClientResponse::pause);
        return out(ask.body(), request, response)
                .transform(out -> response.timeout(wire.limits().response().toMillis(), TimeUnit.MILLISECONDS))
                .onFailure(cause -> request.reset());
    }

    /** Completes when everything is out; a server may answer earlier, and then stop reading. */
    private static Future<Void> out(Outgoing body, HttpClientRequest request, Future<?> response) {
        if (body == null) {
            return request.end();
        }
        request.putHeader("Content-Length", Long.toString(body.length()));
        return body.into(request)
                .compose(written -> request.end())
                .onFailure(cause -> resetUnlessAnswered(request, response));
    }

    private static void resetUnlessAnswered(HttpClientRequest request, Future<?> response) {
        if (!response.isComplete()) {
            request.reset();
        }
    }

    FetchFailure unanswered(Location location, Throwable cause) {
        meters.unreachable();
        return FetchFailure.passing(location + " did not answer: " + Causes.inWords(cause));
    }

    /** Both "Unable to connect to" and "Cannot connect to": clients of different ages look for one of them (rest-api 3.5). */
    FetchFailure unreachable(Location location, String why) {
        meters.unreachable();
        return FetchFailure.passing("Unable to connect to: " + location.origin() + " (Cannot connect to " + location.origin()
                + ": " + why + ")");
    }
}
