package dev.berth.serve.lxd.images;

import dev.berth.contract.OperationsContract.Kind;
import dev.berth.contract.OperationsContract.Start;
import dev.berth.contract.Refused;
import dev.berth.contract.TrustContract;
import dev.berth.contract.TrustContract.GrantToken;
import dev.berth.image.Caller;
import dev.berth.kit.bus.RefusedException;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.JsonFields;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.Reply;
import dev.berth.serve.lxd.Scope;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** Requests to create an image that are JSON (rest-api 3.5). */
final class JsonCreation {
    private final LxdTools tools;
    private final Copying copying;

    JsonCreation(LxdTools tools, Copying copying) {
        this.tools = tools;
        this.copying = copying;
    }

    Future<Void> create(RoutingContext ctx, Scope scope, JsonFields body) {
        ImageRequest request = ImageRequest.read(body);
        ImageEditing.mustBeAllowedPublic(scope, request.visible());
        boolean incus = UploadHeaders.read(name -> ctx.request().headers().getAll(name)).incus();
        request.check(incus);
        return switch (request.kind()) {
            case UPLOAD_TOKEN -> grant(ctx, scope, request);
            case FETCH -> fetch(ctx, scope, request);
            case INSTANCE -> throw new RefusedException(Refused.notFound("Instance not found"));
        };
    }

    private Future<Void> grant(RoutingContext ctx, Scope scope, ImageRequest request) {
        GrantToken token = request.token(scope, Access.requestor(ctx));
        return tools.bus()
                .require(TrustContract.GRANT_TOKEN, token)
                .compose(granted -> Reply.accepted(ctx, granted.operation()));
    }

    private Future<Void> fetch(RoutingContext ctx, Scope scope, ImageRequest request) {
        Caller caller = Callers.of(ctx);
        CopyRequest copy = CopyRequest.read(request, Access.requestor(ctx), caller.isAdmin());
        Start start = new Start(
                null,
                Kind.TASK,
                "Downloading image",
                scope.project(),
                null,
                null,
                true,
                null,
                Access.requestor(ctx));
        return tools.async().answer(ctx, start, operation -> copying.copy(copy, scope, caller, operation));
    }
}
