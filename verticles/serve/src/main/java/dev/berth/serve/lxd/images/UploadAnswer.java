package dev.berth.serve.lxd.images;

import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Outcome;
import dev.berth.serve.lxd.Reply;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers an upload with 202 and an operation, and ends the operation with the outcome. Whoever uploaded with a token is
 * a stranger and waits with a secret of the operation's own, which is in its metadata from the beginning to the end
 * (rest-api 3.6).
 */
final class UploadAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(UploadAnswer.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    private final LxdTools tools;

    UploadAnswer(LxdTools tools) {
        this.tools = tools;
    }

    /** Completes when the answer is written. Early or not: the edge takes care of a body that still comes in. */
    Future<Void> send(RoutingContext ctx, UploadPermit permit, Future<Outcome> outcome) {
        if (ctx.response().closed()) {
            LOG.info("an upload from {} broke off; nothing of it was kept", ctx.request().remoteAddress());
            return Future.succeededFuture();
        }
        Map<String, Object> secret = permit.isByToken() ? Map.of("secret", freshSecret()) : Map.of();
        return tools.bus()
                .ask(OperationsContract.START, start(ctx, permit, secret))
                .compose(operation -> send(ctx, operation, outcome.map(ended -> ended.showing(secret))));
    }

    private Future<Void> send(RoutingContext ctx, Operation operation, Future<Outcome> outcome) {
        Future<Void> told = Reply.accepted(ctx, operation);
        tools.async().run(operation, running -> outcome);
        return told;
    }

    private static Start start(RoutingContext ctx, UploadPermit permit, Map<String, Object> secret) {
        return new Start(
                null,
                Kind.TASK,
                "Downloading image",
                permit.scope().project(),
                null,
                secret.isEmpty() ? null : new HashMap<>(secret),
                false,
                (String) secret.get("secret"),
                Access.requestor(ctx));
    }

    private static String freshSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
