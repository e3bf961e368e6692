package dev.berth.fetch.http;

import dev.berth.contract.Refused.Reason;
import dev.berth.fetch.guard.AddressGuard;
import dev.berth.fetch.guard.Location;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Asks other servers, and only those that may be asked. The name is looked up once; every address it has must be
 * allowed; the connection goes to an address that was checked. One context.
 */
public final class GuardedClient {
    /** A longer chain is a loop. */
    static final int MOST_REDIRECTS = 10;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_UPSTREAMS = 1_000;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final AddressGuard guard;
    private final Names names;
    private final Trust trust;
    private final Wire wire;
    private final Budgets budgets;
    private final Clock clock;
    private final FetchMeters meters;
    private final Map<String, Upstream> upstreams = new LinkedHashMap<>();

    public GuardedClient(Vertx vertx, AddressGuard guard, Names names, Trust trust, Wire wire, Clock clock, FetchMeters meters) {
        this.vertx = vertx;
        this.client = wire.client(vertx);
        this.guard = guard;
        this.names = names;
        this.trust = trust;
        this.wire = wire;
        this.budgets = new Budgets(wire.budgets(), System::nanoTime);
        this.clock = clock;
        this.meters = meters;
    }

    public HttpLimits limits() {
        return wire.limits();
    }

    /**
     * Asks and lends the answer, whatever its status, to {@code use}; when the future of {@code use} ends, the answer
     * is gone. Redirects were followed. Fails with {@link FetchFailure}.
     */
    public <T> Future<T> ask(Ask ask, Function<Reply, Future<T>> use) {
        return hop(ask, budgets.of(ask.location()), 0, use);
    }

    private <T> Future<T> hop(Ask ask, Pace pace, int hops, Function<Reply, Future<T>> use) {
        return upstream(ask.location())
                .within(() -> opened(ask, pace).compose(reply -> lend(ask, reply, use)))
                .compose(step -> step.next() == null
                        ? Future.succeededFuture(step.result())
                        : again(step.next(), pace, hops, use));
    }

    private <T> Future<T> again(Ask next, Pace pace, int hops, Function<Reply, Future<T>> use) {
        return hops + 1 < MOST_REDIRECTS
                ? hop(next, pace, hops + 1, use)
                : Future.failedFuture(FetchFailure.invalid(
                        "expected at most " + MOST_REDIRECTS + " redirects, got more, the last one to " + next.location()));
    }

    private <T> Future<Step<T>> lend(Ask ask, Reply reply, Function<Reply, Future<T>> use) {
        return lent(ask, reply, use).onComplete(done -> reply.close());
    }

    private <T> Future<Step<T>> lent(Ask ask, Reply reply, Function<Reply, Future<T>> use) {
        try {
            String target = REDIRECTS.contains(reply.status()) ? reply.header("Location") : null;
            return target == null
                    ? use.apply(reply).map(result -> new Step<>(result, null))
                    : Future.succeededFuture(new Step<>(null, ask.redirected(reply.location().redirected(target))));
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(FetchFailure.invalid(reply.location() + " redirects outside: " + e.getMessage()));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Reply> opened(Ask ask, Pace pace) {
        return checked(ask.location())
                .compose(addresses -> response(ask, addresses.iterator()))
                .compose(response -> begun(ask, pace, response));
    }

    /** A response that broke before anybody could listen says so by taking no listener. */
    private Future<Reply> begun(Ask ask, Pace pace, HttpClientResponse response) {
        try {
            return Future.succeededFuture(reply(ask, pace, response));
        } catch (IllegalStateException e) {
            return Future.failedFuture(unanswered(ask.location(), e));
        }
    }

    private Reply reply(Ask ask, Pace pace, HttpClientResponse response) {
        Upstream upstream = upstream(ask.location());
        meters.answered(response.statusCode());
        if (Statuses.isBusy(response.statusCode())) {
            upstream.busy(RetryAfter.of(response.getHeader("Retry-After"), clock));
        } else {
            upstream.well();
        }
        return new Reply(vertx, response, ask.location(), upstream, pace, wire.limits(), meters);
    }

    /** All addresses or none: a name that stands for a public and a private one is not to be trusted. */
    private Future<List<InetAddress>> checked(Location location) {
        return names.lookUp(location.host())
                .recover(cause -> Future.failedFuture(unreachable(location, "no such host")))
                .compose(addresses -> addresses.stream().allMatch(guard::allows)
                        ? Future.succeededFuture(addresses)
                        : Future.failedFuture(offLimits(location)));
    }

    private FetchFailure offLimits(Location location) {
        meters.refused();
        return FetchFailure.lasting(Reason.FORBIDDEN, "The address of " + location.origin()
                + " is off limits: expected one on the public Internet or one listed in fetch.allow-private-addresses");
    }

    private Future<HttpClientResponse> response(Ask ask, Iterator<InetAddress> addresses) {
        Future<HttpClientRequest> request = connected(ask, addresses.next());
        while (addresses.hasNext()) {
            InetAddress next = addresses.next();
            request = request.recover(cause -> connected(ask, next));
        }
        return request.recover(cause -> Future.failedFuture(unreachable(ask.location(), Causes.inWords(cause))))
                .compose(connected -> head(ask, connected));
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

    private Future<HttpClientResponse> head(Ask ask, HttpClientRequest request) {
        Future<HttpClientResponse> response = request.response().map(HttpClientResponse::pause);
        return out(ask.body(), request, response)
                .transform(out -> response.timeout(wire.limits().response().toMillis(), TimeUnit.MILLISECONDS))
                .onFailure(cause -> request.reset())
                .recover(cause -> Future.failedFuture(unanswered(ask.location(), cause)));
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

    private FetchFailure unanswered(Location location, Throwable cause) {
        meters.unreachable();
        return FetchFailure.passing(location + " did not answer: " + Causes.inWords(cause));
    }

    /** Both "Unable to connect to" and "Cannot connect to": clients of different ages look for one of them (rest-api 3.5). */
    private FetchFailure unreachable(Location location, String why) {
        meters.unreachable();
        return FetchFailure.passing("Unable to connect to: " + location.origin() + " (Cannot connect to " + location.origin()
                + ": " + why + ")");
    }

    private Upstream upstream(Location location) {
        if (upstreams.size() > MOST_UPSTREAMS) {
            upstreams.values().removeIf(Upstream::isForgettable);
        }
        return upstreams.computeIfAbsent(
                location.origin(), first -> new Upstream(first, wire.limits(), System::nanoTime));
    }

    /** @param next where to go on, or null when {@code result} is the end */
    private record Step<T>(T result, Ask next) {}
}
