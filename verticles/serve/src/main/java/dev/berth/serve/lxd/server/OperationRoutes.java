package dev.berth.serve.lxd.server;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;

import dev.berth.contract.OperationsContract;
import dev.berth.contract.OperationsContract.Cancel;
import dev.berth.contract.OperationsContract.Find;
import dev.berth.contract.OperationsContract.ListAll;
import dev.berth.contract.OperationsContract.Operation;
import dev.berth.contract.Refused;
import dev.berth.image.Caller;
import dev.berth.kit.bus.RefusedException;
import dev.berth.lxd.LxdJson;
import dev.berth.lxd.OperationDocument;
import dev.berth.serve.edge.Callers;
import dev.berth.serve.lxd.Access;
import dev.berth.serve.lxd.LxdTools;
import dev.berth.serve.lxd.ProjectOf;
import dev.berth.serve.lxd.Recursion;
import dev.berth.serve.lxd.Reply;
import dev.berth.serve.lxd.Resource;
import dev.berth.serve.lxd.RouteGroup;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /1.0/operations}: long work that clients list, look at, wait for and cancel (rest-api 4.2). */
final class OperationRoutes implements RouteGroup {
    private final LxdTools tools;
    private final OperationWait wait;

    OperationRoutes(LxdTools tools) {
        this.tools = tools;
        this.wait = new OperationWait(tools.bus());
    }

    @Override
    public void mount(Router router) {
        Resource.at("/1.0/operations").trusted(GET, this::list).mount(router);
        Resource.at("/1.0/operations/:id").trusted(GET, this::show).trusted(DELETE, this::cancel).mount(router);
        Resource.at("/1.0/operations/:id/wait").anybody(GET, this::await).mount(router);
        Resource.at("/1.0/operations/:id/websocket").anybody(GET, this::connect).mount(router);
    }

    private Future<Void> list(RoutingContext ctx) {
        Caller caller = Callers.of(ctx);
        boolean recursive = Recursion.isWanted(ctx);
        return projects(ctx)
                .compose(projects -> tools.bus().ask(OperationsContract.LIST, new ListAll(projects)))
                .map(listed -> listed.operations().stream()
                        .filter(operation -> Visibility.of(operation, caller))
                        .toList())
                .compose(seen -> Reply.sync(ctx, LxdJson.bytes(OperationsByStatus.of(seen, recursive))));
    }

    /** Null for all. */
    private Future<List<String>> projects(RoutingContext ctx) {
        if (ProjectOf.wantsAll(ctx)) {
            return Future.succeededFuture();
        }
        return tools.projects().usable(ctx).map(scope -> List.of(scope.project()));
    }

    private Future<Void> show(RoutingContext ctx) {
        return visible(ctx).compose(operation -> Reply.sync(ctx, OperationDocument.bytes(operation)));
    }

    private Future<Void> cancel(RoutingContext ctx) {
        return visible(ctx)
                .compose(operation -> tools.bus()
                        .require(OperationsContract.CANCEL, new Cancel(operation.id(), Access.requestor(ctx))))
                .compose(done -> Reply.done(ctx));
    }

    private Future<Void> await(RoutingContext ctx) {
        long seconds = OperationWait.seconds(ctx.request().getParam("timeout"));
        return waitable(ctx)
                .compose(operation -> wait.until(operation.id(), seconds, ctx.response()))
                .compose(operation -> Reply.sync(ctx, OperationDocument.bytes(operation)));
    }

    /** A secret opens the door to strangers, as far as it fits. */
    private Future<Operation> waitable(RoutingContext ctx) {
        String secret = ctx.request().getParam("secret");
        if (secret == null) {
            Access.mustBeTrusted(Callers.of(ctx));
            return visible(ctx);
        }
        return find(ctx).map(operation -> {
            if (!Visibility.opens(secret, operation)) {
                throw Access.forbidden("not authorized");
            }
            return operation;
        });
    }

    /** Clients connect to the websockets of commands in instances, which there are none of. */
    private Future<Void> connect(RoutingContext ctx) {
        if (ctx.request().getParam("secret") == null) {
            throw new RefusedException(Refused.invalid("missing secret"));
        }
        return find(ctx).compose(operation -> Future.failedFuture(new RefusedException(
                Refused.invalid("Only websocket operations can be connected, this one is of another class"))));
    }

    private Future<Operation> visible(RoutingContext ctx) {
        return find(ctx).map(operation -> {
            if (!Visibility.of(operation, Callers.of(ctx))) {
                throw new RefusedException(Refused.notFound("Operation not found"));
            }
            return operation;
        });
    }

    private Future<Operation> find(RoutingContext ctx) {
        return tools.bus().require(OperationsContract.FIND, new Find(ctx.pathParam("id")));
    }
}
