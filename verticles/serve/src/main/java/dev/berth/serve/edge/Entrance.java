package dev.berth.serve.edge;

import dev.berth.contract.Answer;
import dev.berth.contract.TrustContract.Access;
import dev.berth.image.Caller;
import dev.berth.image.Caller.Standing;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The last look before a face sees a request: may its sender read this address at all, and does somebody whom nobody knows
 * ask too often. Trusted clients and the unix socket pass. What is private is never read without TLS, whatever token comes
 * along in the clear. Event loop only.
 */
final class Entrance {
    private static final int WHO_ARE_YOU = 401;
    private static final int NOT_YOU = 403;
    private static final int TOO_OFTEN = 429;
    /** Before the first request of this process, so that no moment is negative. */
    private static final long START = System.nanoTime();

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AccessConf conf;
    private final Readers readers;
    private final Allowances allowances;
    private final MeterRegistry registry;
    private final Redirect redirect;

    Entrance(EdgeTools tools, Redirect redirect) {
        this.conf = tools.conf().access();
        this.readers = new Readers(tools);
        this.allowances = conf.limits() ? Allowances.of(tools.vertx(), conf) : null;
        this.registry = tools.registry();
        this.redirect = redirect;
    }

    /** Completes with whether the request goes on; when not, it is answered. */
    Future<Boolean> pass(RoutingContext ctx, Caller caller) {
        List<String> asked = privateReadings(ctx);
        if (!asked.isEmpty()) {
            ctx.addHeadersEndHandler(head -> keepPrivate(ctx.response().headers()));
        }
        if (!asked.isEmpty() && isInTheOpen(ctx, caller)) {
            redirect.send(ctx.request());
            return Future.succeededFuture(false);
        }
        boolean limited = allowances != null && caller.standing() == Standing.STRANGER;
        if (caller.isTrusted() || asked.isEmpty() && !limited) {
            return Future.succeededFuture(true);
        }
        return readers.recognise(ctx).map(answer -> isWelcome(ctx, answer, limited) && mayRead(ctx, answer, asked));
    }

    private static boolean isInTheOpen(RoutingContext ctx, Caller caller) {
        return !ctx.request().isSSL() && !caller.protocol().equals("unix");
    }

    private List<String> privateReadings(RoutingContext ctx) {
        return conf.privatePaths().isEmpty()
                ? List.of()
                : PathReadings.of(ctx.request().path(), ctx.normalizedPath()).stream().filter(conf::isPrivate).toList();
    }

    /** Who has a token is known, whatever it opens. */
    private boolean isWelcome(RoutingContext ctx, Answer<Access> answer, boolean limited) {
        long wait = limited && answer instanceof Answer.No<Access> ? take(ctx) : 0;
        if (wait == 0) {
            return true;
        }
        long seconds = (wait + SECOND - 1) / SECOND;
        ctx.response().putHeader("Retry-After", String.valueOf(seconds));
        String text = "more than " + conf.anonymousPerSecond()
                + " requests per second of one address that is not known here; try again in " + seconds + " s";
        return refuse(ctx, TOO_OFTEN, "limit", text);
    }

    private long take(RoutingContext ctx) {
        return allowances.take(Neighbourhood.of(ctx.request().remoteAddress().hostAddress()), System.nanoTime() - START);
    }

    private boolean mayRead(RoutingContext ctx, Answer<Access> answer, List<String> asked) {
        return answer.fold(
                access -> asked.stream().allMatch(path -> Readers.opens(access, path))
                        || refuse(ctx, NOT_YOU, "path", "the access token \"" + access.name() + "\" does not open this address"),
                unknown -> asked.isEmpty() || challenge(ctx, unknown.text()));
    }

    private boolean challenge(RoutingContext ctx, String text) {
        ctx.response().putHeader("WWW-Authenticate", "Basic realm=\"berth\", charset=\"UTF-8\"");
        return refuse(ctx, WHO_ARE_YOU, "token", text);
    }

    private boolean refuse(RoutingContext ctx, int status, String reason, String text) {
        registry.counter("berth.http.refused.requests", "reason", reason).increment();
        Refusals.tell(ctx, status, text);
        return false;
    }

    /** What one client may read is not for a shared cache to give to another. */
    private static void keepPrivate(MultiMap headers) {
        String caching = headers.get("Cache-Control");
        headers.set("Cache-Control", caching == null ? "private" : caching.replace("public", "private"));
        headers.add("Vary", "Authorization");
    }
}
