package dev.berth.serve.edge;

import dev.berth.contract.Answer;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.Access;
import dev.berth.contract.TrustContract.RecogniseAccess;
import dev.berth.image.Caller;
import dev.berth.kit.bus.Bus;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Who may read what is private: trusted clients everything, others what their token opens. Asked anew for every request,
 * so that a removed token is worthless at once. Event loop only.
 */
public final class Readers {
    private static final Answer<Access> NONE = Answer.no(Refused.forbidden(
            "this address is private: it takes a token, as https://NAME:TOKEN@HOST/... or as \"Authorization: Bearer TOKEN\";"
                    + " who looks after this server makes one with: berth access add NAME --path PATH"));

    private final Bus bus;
    private final AccessConf conf;

    public Readers(EdgeTools tools) {
        this.bus = tools.bus();
        this.conf = tools.conf().access();
    }

    /** Whether this request's sender may read what is at {@code path}, as a face that speaks of it elsewhere wants to know. */
    public Future<Boolean> mayRead(RoutingContext ctx, String path) {
        Caller caller = Callers.of(ctx);
        if (!conf.isPrivate(path) || caller.isTrusted()) {
            return Future.succeededFuture(true);
        }
        return recognise(ctx).map(answer -> answer.fold(access -> opens(access, path), unknown -> false));
    }

    /** What the request's token opens, or why it opens nothing. */
    Future<Answer<Access>> recognise(RoutingContext ctx) {
        Optional<String> token = Credentials.token(ctx.request().getHeader("Authorization"));
        return token.isEmpty()
                ? Future.succeededFuture(NONE)
                : bus.ask(TrustContract.RECOGNISE_ACCESS, new RecogniseAccess(token.get()));
    }

    static boolean opens(Access access, String path) {
        return access.paths().stream().anyMatch(prefix -> prefix.covers(path));
    }
}
