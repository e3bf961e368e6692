package dev.berth.fetch.http;

import dev.berth.contract.Refused.Reason;
import dev.berth.fetch.guard.AddressGuard;
import dev.berth.fetch.guard.Location;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.net.InetAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Caller caller;
    private final AddressGuard guard;
    private final Names names;
    private final Wire wire;
    private final Budgets budgets;
    private final Clock clock;
    private final FetchMeters meters;
    private final Map<String, Upstream> upstreams = new LinkedHashMap<>();

    public GuardedClient(Vertx vertx, AddressGuard guard, Names names, Trust trust, Wire wire, Clock clock, FetchMeters meters) {
        this.vertx = vertx;
        this.caller = new Caller(wire.client(vertx), trust, wire, meters);
        this.guard = guard;
        this.names = names;
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
                .compose(addresses -> caller.answer(ask, addresses))
                .compose(response -> begun(ask, pace, response));
    }

    /** A response that broke before anybody could listen says so by taking no listener. */
    private Future<Reply> begun(Ask ask, Pace pace, HttpClientResponse response) {
        try {
            return Future.succeededFuture(reply(ask, pace, response));
        } catch (IllegalStateException e) {
            return Future.failedFuture(caller.unanswered(ask.location(), e));
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
                .recover(cause -> Future.failedFuture(caller.unreachable(location, "no such host")))
                .compose(addresses -> addresses.stream().allMatch(guard::allows)
                        ? Future.succeededFuture(addresses)
                        : Future.failedFuture(offLimits(location)));
    }

    private FetchFailure offLimits(Location location) {
        meters.refused();
        return FetchFailure.lasting(Reason.FORBIDDEN, "The address of " + location.origin()
                + " is off limits: expected one on the public Internet or one listed in fetch.allow-private-addresses");
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
